/// \file asking_runner.hpp
/// A translator that asks its provider's API who comes and for what, as Square's does.
#pragma once

#include <bookgate/translator_abi.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "auth/sealing.hpp"
#include "translate/registry.hpp"

namespace bookgate::tests {

/// Asks for "customer" and "service" in one round. The customer's answer is {"email": "…"}, the
/// service's {"name": "…"}; without the latter there is a booking all the same. A body of {"id":
/// "…", "moved": true} is about a booking that may be known, so that its id suffices meanwhile.
class AskingRunner : public translate::Runner {
 public:
  translate::StepOutcome Step(const translate::StepInput& input) override {
    const auto body = json::Document::Parse(input.body);
    const json::Value root = body ? body->root() : json::Value();
    const std::string id = root["id"].Text().value_or("");
    const bool moved = root["moved"].Bool().value_or(false);
    const translate::LookupReply* customer = Find(input, "customer");
    if (customer == nullptr) return Ask(id, moved);
    if (customer->outcome == BKG_LOOKUP_ANSWERED && customer->http_status == 200) {
      return Booking(id, moved, *customer, Find(input, "service"));
    }
    translate::StepOutcome outcome;
    outcome.result = translate::Reject{
        {{"lookup:customer", "", "customer_unavailable", "the customer is not known"}}};
    return outcome;
  }

 private:
  static const translate::LookupReply* Find(const translate::StepInput& input,
                                            const std::string& id) {
    if (input.replies == nullptr) return nullptr;
    for (const translate::LookupReply& reply : *input.replies) {
      if (reply.id == id) return &reply;
    }
    return nullptr;
  }

  static std::string Action(bool moved) { return moved ? "rescheduled" : "booked"; }

  static translate::StepOutcome Ask(const std::string& id, bool moved) {
    translate::StepOutcome outcome =
        Parsed(R"({"external_id":")" + id + R"(","action":")" + Action(moved) + R"("})");
    outcome.result =
        translate::NeedLookups{{{"customer", "api.example.com", "/customers/" + id, {}, !moved},
                                {"service", "api.example.com", "/services/" + id, {}, false}},
                               {outcome.document->root()}};
    return outcome;
  }

  static translate::StepOutcome Booking(const std::string& id, bool moved,
                                        const translate::LookupReply& customer,
                                        const translate::LookupReply* service) {
    const auto who = json::Document::Parse(customer.body);
    const auto what = json::Document::Parse(service->body);
    const std::string type = what ? what->root()["name"].Text().value_or("") : "";
    translate::StepOutcome outcome = Parsed(
        R"({"external_id":")" + id + R"(","action":")" + Action(moved) + R"(","customer_email":")" +
        who->root()["email"].Text().value_or("") + R"(","appointment_type":")" + type + R"("})");
    outcome.result = translate::Bookings{{outcome.document->root()}, {}};
    if (type.empty()) outcome.notes.push_back("The service's name is missing.");
    return outcome;
  }

  static translate::StepOutcome Parsed(const std::string& event) {
    translate::StepOutcome outcome;
    outcome.document = std::make_shared<const json::Document>(*json::Document::Parse(event));
    return outcome;
  }
};

inline translate::Plugin AskingPlugin(translate::OnReject on_reject = translate::OnReject::kHold) {
  translate::Plugin plugin;
  plugin.manifest.provider = "acme";
  plugin.manifest.name = "Acme Appointments";
  plugin.manifest.lookup_name = "Acme";
  plugin.manifest.on_reject = on_reject;
  plugin.manifest.lookup_credential = "api_token";
  plugin.runner = std::make_unique<AskingRunner>();
  return plugin;
}

/// A credential of that org for the plugin.
inline std::string SealedToken(const auth::Sealer& sealer, const std::string& org) {
  return sealer.Seal("token-1", {org, "acme", auth::ProviderSecretKind::kCredential});
}

}  // namespace bookgate::tests
