#include "intake/replay.hpp"

#include <chrono>
#include <utility>
#include <vector>

#include "base/json_writer.hpp"
#include "intake/translation.hpp"

namespace bookgate::intake {
namespace {

/// The plugin that it went through, or for one that several plugins claimed, whichever claims it
/// now.
Choice ChooseAgain(const translate::Registry& registry, const model::Delivery& delivery) {
  if (const translate::Plugin* plugin = registry.Find(delivery.provider)) return {plugin, {}};
  if (delivery.provider != kUnknownProvider) return {};
  return ChooseRecognised(registry, delivery.headers, delivery.body);
}

}  // namespace

base::Result<store::WriteJob> ReplayJob(const translate::Registry& registry,
                                        store::StoredDelivery stored) {
  if (!stored.has_body) {
    return base::Failure{base::Code::kNotFound, "its body is no longer kept",
                         "The body of this delivery is no longer kept."};
  }
  const Choice choice = ChooseAgain(registry, stored.delivery);
  if (choice.plugin == nullptr && choice.ambiguous.empty()) {
    return base::Failure{base::Code::kNotFound,
                         "the plugin " + stored.delivery.provider + " is not enabled",
                         "The plugin of this delivery is not enabled."};
  }
  Translation translation = choice.plugin != nullptr ? Translate(*choice.plugin, stored.delivery)
                                                     : AmbiguousProvider(choice.ambiguous);
  if (!translation.lookups.empty()) {
    // What was looked up before may be stored: only what is looked up now replaces it. The gateway
    // that runs finds it and does so.
    translation =
        WaitForLookups("Replayed: waiting for " + choice.plugin->manifest.lookup_name + "'s API.",
                       std::chrono::milliseconds(0));
  }
  store::WriteJob job = MakeJob(std::move(stored.delivery), std::move(translation));
  job.before = stored.outcome;
  return job;
}

std::string ReplayDetails(model::Outcome before, model::Outcome after) {
  base::JsonWriter json;
  json.Object().Member("before", model::OutcomeName(before));
  return json.Member("outcome", model::OutcomeName(after)).EndObject().Text();
}

}  // namespace bookgate::intake
