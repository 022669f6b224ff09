// Cal.com's webhooks as booking events.
//
// A reschedule is one webhook with a new uid that names the old one (Cal.com, "Webhooks"). PING
// looks like a booking and is told by its name alone.
#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>
#include <bookgate_manifest.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "booking.hpp"
#include "config.hpp"
#include "envelope.hpp"
#include "list_bookings.hpp"
#include "no_show.hpp"
#include "subscriptions.hpp"
#include "template.hpp"

namespace bookgate::calcom {
namespace {

Decision TranslateWebhook(const Webhook& webhook, const Config& config) {
  switch (webhook.trigger.meaning) {
    case Meaning::kIgnored:
      return Ignore{std::string(webhook.trigger.reason)};
    case Meaning::kNoShowMarked:
      return TranslateNoShowMarks(webhook, config);
    case Meaning::kGuestsAbsent:
      return TranslateAbsentGuests(webhook, config);
    default:
      return TranslateBooking(webhook, config);
  }
}

}  // namespace

struct Calcom {
  static constexpr std::string_view kManifest = bookgate_manifest::kText;

  static Decision Step(const StepInput& input) {
    const std::string_view operation = input.operation();
    if (operation == "register_webhook") return RegisterWebhook(input);
    if (operation == "unregister_webhook") return UnregisterWebhook(input);
    if (operation == "webhook_status") return WebhookStatus(input);
    const Config config = ReadConfig(input.config());
    if (operation == "list_bookings") return ListBookings(input, config);
    if (operation == "translate") return Translate(input, config);
    return RejectAt("", "unknown_operation", "this translator does not know the operation");
  }

 private:
  static Decision Translate(const StepInput& input, const Config& config) {
    const std::optional<json::Document> document = json::Document::Parse(input.body());
    const Unwrapped body = document ? Unwrap(document->root()) : Unwrapped{};
    const std::optional<Webhook> webhook = FindWebhook(body);
    return webhook ? TranslateWebhook(*webhook, config) : TranslateTemplate(input, body, config);
  }
};

}  // namespace bookgate::calcom

BKG_TRANSLATOR(bookgate::calcom::Calcom)
