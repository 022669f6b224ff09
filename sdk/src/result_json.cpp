// Writes decisions as documents of schemas/step-result.json.
#include <bookgate/translator.hpp>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <bookgate/json.hpp>
#include <bookgate/text.hpp>

#include <stdexcept>

namespace bookgate {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void Text(Writer& out, std::string_view text) {
  if (IsUtf8(text)) {
    out.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  } else {
    const std::string repaired = ToValidUtf8(text);
    out.String(repaired.data(), static_cast<rapidjson::SizeType>(repaired.size()));
  }
}

void Name(Writer& out, std::string_view name) {
  out.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
}

void Member(Writer& out, std::string_view name, std::string_view value) {
  Name(out, name);
  Text(out, value);
}

void Member(Writer& out, std::string_view name, const std::optional<std::string>& value) {
  if (value && !value->empty()) Member(out, name, std::string_view(*value));
}

void Member(Writer& out, std::string_view name, const std::optional<std::int64_t>& value) {
  if (!value) return;
  Name(out, name);
  out.Int64(*value);
}

std::string_view ActionName(Action action) {
  switch (action) {
    case Action::kBooked:
      return "booked";
    case Action::kRescheduled:
      return "rescheduled";
    case Action::kCancelled:
      return "cancelled";
    case Action::kNoShow:
      return "no_show";
    case Action::kUpdated:
      return "updated";
  }
  return "booked";
}

void Write(Writer& out, const std::vector<Answer>& answers) {
  if (answers.empty()) return;
  Name(out, "answers");
  out.StartArray();
  for (const Answer& answer : answers) {
    out.StartObject();
    Member(out, "question", std::string_view(answer.question));
    Member(out, "answer", std::string_view(answer.answer));
    out.EndObject();
  }
  out.EndArray();
}

void Write(Writer& out, const Booking& booking) {
  out.StartObject();
  Member(out, "action", ActionName(booking.action));
  Member(out, "source", booking.source);
  Member(out, "external_id", booking.external_id);
  Member(out, "previous_external_id", booking.previous_external_id);
  Member(out, "next_external_id", booking.next_external_id);
  if (booking.superseded) {
    Name(out, "superseded");
    out.Bool(true);
  }
  Member(out, "customer_email", booking.customer_email);
  Member(out, "customer_name", booking.customer_name);
  Member(out, "customer_phone", booking.customer_phone);
  Member(out, "start_time", booking.start_time);
  Member(out, "end_time", booking.end_time);
  Member(out, "duration_minutes", booking.duration_minutes);
  Member(out, "time_zone", booking.time_zone);
  Member(out, "appointment_type", booking.appointment_type);
  Member(out, "notes", booking.notes);
  Member(out, "location", booking.location);
  Member(out, "host_name", booking.host_name);
  Member(out, "host_email", booking.host_email);
  Member(out, "referred_by", booking.referred_by);
  Member(out, "cancel_reason", booking.cancel_reason);
  Member(out, "occurred_at", booking.occurred_at);
  Member(out, "sequence", booking.sequence);
  Write(out, booking.answers);
  out.EndObject();
}

void Write(Writer& out, std::string_view name, const std::vector<Booking>& bookings) {
  Name(out, name);
  out.StartArray();
  for (const Booking& booking : bookings) Write(out, booking);
  out.EndArray();
}

void Write(Writer& out, std::string_view name, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  Name(out, name);
  out.StartArray();
  for (const std::string& text : texts) Text(out, text);
  out.EndArray();
}

void Write(Writer& out, std::string_view name, const std::map<std::string, std::string>& texts) {
  Name(out, name);
  out.StartObject();
  for (const auto& [key, value] : texts) {
    Text(out, key);
    Text(out, value);
  }
  out.EndObject();
}

void Decided(Writer& out, const Bookings& decision) {
  Member(out, "outcome", std::string_view("bookings"));
  Write(out, "events", decision.events);
  Member(out, "next_cursor", decision.next_cursor);
  Write(out, "notes", decision.notes);
}

void Decided(Writer& out, const Ignore& decision) {
  Member(out, "outcome", std::string_view("ignore"));
  Member(out, "reason", std::string_view(decision.reason));
}

void Decided(Writer& out, const Reject& decision) {
  Member(out, "outcome", std::string_view("reject"));
  Name(out, "problems");
  out.StartArray();
  for (const Problem& problem : decision.problems) {
    out.StartObject();
    Member(out, "in", std::string_view(problem.in));
    Member(out, "pointer", std::string_view(problem.pointer));
    Member(out, "code", std::string_view(problem.code));
    Member(out, "message", std::string_view(problem.message));
    out.EndObject();
  }
  out.EndArray();
}

std::string_view MethodName(Method method) {
  switch (method) {
    case Method::kGet:
      return "GET";
    case Method::kPost:
      return "POST";
    case Method::kPut:
      return "PUT";
    case Method::kPatch:
      return "PATCH";
    case Method::kDelete:
      return "DELETE";
  }
  return "GET";
}

/// The body stands in the document as JSON, not as a text of it.
void WriteBody(Writer& out, const std::string& body) {
  if (body.empty()) return;
  const std::optional<json::Document> document = json::Document::Parse(body);
  if (!document) throw std::invalid_argument("the body of a request is not JSON");
  Name(out, "body");
  document->root().raw()->Accept(out);
}

void Write(Writer& out, const Lookup& lookup) {
  out.StartObject();
  Member(out, "id", std::string_view(lookup.id));
  Member(out, "method", MethodName(lookup.method));
  Member(out, "host", std::string_view(lookup.host));
  Member(out, "path", std::string_view(lookup.path));
  Write(out, "query", lookup.query);
  if (!lookup.headers.empty()) Write(out, "headers", lookup.headers);
  WriteBody(out, lookup.body);
  Name(out, "required");
  out.Bool(lookup.required);
  out.EndObject();
}

void Decided(Writer& out, const NeedLookups& decision) {
  Member(out, "outcome", std::string_view("need_lookups"));
  Name(out, "lookups");
  out.StartArray();
  for (const Lookup& lookup : decision.lookups) Write(out, lookup);
  out.EndArray();
  if (!decision.events_so_far.empty()) Write(out, "events_so_far", decision.events_so_far);
}

std::string_view StateName(Subscription::State state) {
  switch (state) {
    case Subscription::State::kActive:
      return "active";
    case Subscription::State::kDisabled:
      return "disabled";
    case Subscription::State::kMissing:
      return "missing";
  }
  return "missing";
}

void Write(Writer& out, const Subscription& subscription) {
  Name(out, "subscription");
  out.StartObject();
  Member(out, "id", std::string_view(subscription.id));
  Member(out, "state", StateName(subscription.state));
  if (!subscription.url.empty()) Member(out, "url", std::string_view(subscription.url));
  Write(out, "events", subscription.events);
  out.EndObject();
}

void WriteSigningKey(Writer&, std::monostate) {}

void WriteSigningKey(Writer& out, const SigningKeyAt& at) {
  Name(out, "signing_key_at");
  out.StartObject();
  Member(out, "lookup", std::string_view(at.lookup));
  Member(out, "pointer", std::string_view(at.pointer));
  out.EndObject();
}

void WriteSigningKey(Writer& out, SigningKeyIsPassword) {
  Name(out, "signing_key_at");
  out.StartObject();
  Member(out, "credential", std::string_view("password"));
  out.EndObject();
}

void Decided(Writer& out, const Done& decision) {
  Member(out, "outcome", std::string_view("done"));
  Write(out, decision.subscription);
  std::visit([&](const auto& key) { WriteSigningKey(out, key); }, decision.signing_key);
  Write(out, "notes", decision.notes);
}

}  // namespace

std::string ToJson(const Decision& decision) {
  rapidjson::StringBuffer buffer;
  Writer out(buffer);
  out.StartObject();
  std::visit([&](const auto& decided) { Decided(out, decided); }, decision);
  out.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace bookgate
