// Acuity's webhooks as booking events.
//
// A webhook is a form with an action and an id, and nothing of the booking (Acuity, "Webhooks").
// All that counts is looked up, and what the API shows is the appointment as it is by then.
//
// Events have neither occurred_at nor sequence: no time of the change stands anywhere, and
// `datetimeCreated` is that of the first booking for ever, so that every event would look as old as
// the first. Without them the gateway takes events as they arrive, which is what a state that was
// just fetched deserves, and never takes a cancellation back, which Acuity does not do either.
#include <bookgate/json.hpp>
#include <bookgate/limits.hpp>
#include <bookgate/translator.hpp>
#include <bookgate_manifest.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "appointment.hpp"
#include "list_bookings.hpp"
#include "lookup.hpp"
#include "subscriptions.hpp"
#include "webhook.hpp"

namespace bookgate::acuity {
namespace {

Decision Conclude(json::Value appointment, const Webhook& webhook, std::string_view in) {
  std::vector<std::string> notes;
  std::variant<Booking, Reject> read = ReadAppointment(appointment, webhook, in, notes);
  if (auto* reject = std::get_if<Reject>(&read)) return std::move(*reject);
  auto& booking = std::get<Booking>(read);
  FitToLimits(booking);
  Bookings bookings = One(std::move(booking));
  bookings.notes = std::move(notes);
  return bookings;
}

Decision Complete(const LookupReply& reply, const Webhook& webhook) {
  const std::optional<json::Document> document =
      reply.ok() ? json::Document::Parse(reply.body) : std::nullopt;
  const json::Value answer = document ? document->root() : json::Value();
  std::optional<Problem> problem = WhyUnknown(reply, answer, webhook);
  if (!problem) return Conclude(answer, webhook, kInAppointmentLookup);
  if (webhook.event != Event::kCanceled) return Reject{{*std::move(problem)}};
  Bookings bookings = One(CancelledById(webhook));
  bookings.notes.push_back("Stored by its id alone: " + problem->message + ".");
  return bookings;
}

Decision Translate(const StepInput& input) {
  const std::optional<json::Document> document = json::Document::Parse(input.body());
  const json::Value forwarded = document ? document->root() : json::Value();
  auto read = forwarded.is_object() ? ReadForwarded(forwarded) : ReadForm(input.body());
  if (auto* ignore = std::get_if<Ignore>(&read)) return std::move(*ignore);
  if (auto* reject = std::get_if<Reject>(&read)) return std::move(*reject);
  const Webhook& webhook = std::get<Webhook>(read);
  if (IsAppointment(forwarded)) return Conclude(forwarded, webhook, "body");
  const std::optional<LookupReply> reply = input.Reply(kAppointmentLookup);
  if (!reply) return AskForAppointment(webhook);
  return Complete(*reply, webhook);
}

}  // namespace

struct Acuity {
  static constexpr std::string_view kManifest = bookgate_manifest::kText;

  static Decision Step(const StepInput& input) {
    const std::string_view operation = input.operation();
    if (operation == "translate") return Translate(input);
    if (operation == "register_webhook") return RegisterWebhook(input);
    if (operation == "unregister_webhook") return UnregisterWebhook(input);
    if (operation == "webhook_status") return WebhookStatus(input);
    if (operation == "list_bookings") return ListBookings(input);
    return RejectAt("", "unknown_operation", "this translator does not know the operation");
  }
};

}  // namespace bookgate::acuity

BKG_TRANSLATOR(bookgate::acuity::Acuity)
