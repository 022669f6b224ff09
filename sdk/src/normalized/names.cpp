#include "names.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace bookgate::normalized {
namespace {

struct Alias {
  Context context;
  std::string_view name;
  Member member;
  bool documented = false;
};

constexpr Context kRoot = Context::kRoot;
constexpr Context kBooking = Context::kBooking;
constexpr Context kCustomer = Context::kCustomer;
constexpr Context kService = Context::kService;
constexpr Context kHost = Context::kHost;
constexpr Context kLocation = Context::kLocation;
constexpr bool kDocumented = true;

/// Every name that is understood, in the order of precedence: where a body has several for one
/// member, the first of them here that says anything is taken. Documented names come first, then
/// their documented aliases, then what tools were seen to send.
constexpr Alias kAliases[] = {
    {kRoot, "customeremail", Member::kEmail, kDocumented},
    {kRoot, "email", Member::kEmail},
    {kCustomer, "email", Member::kEmail},
    {kRoot, "emailaddress", Member::kEmail},
    {kRoot, "mail", Member::kEmail},
    {kCustomer, "emailaddress", Member::kEmail},
    {kCustomer, "mail", Member::kEmail},

    {kRoot, "customername", Member::kName, kDocumented},
    {kRoot, "name", Member::kName},
    {kCustomer, "name", Member::kName},
    {kRoot, "fullname", Member::kName},
    {kCustomer, "fullname", Member::kName},
    {kCustomer, "displayname", Member::kName},
    {kRoot, "firstname", Member::kFirstName},
    {kCustomer, "firstname", Member::kFirstName},
    {kRoot, "givenname", Member::kFirstName},
    {kCustomer, "givenname", Member::kFirstName},
    {kRoot, "lastname", Member::kLastName},
    {kCustomer, "lastname", Member::kLastName},
    {kRoot, "familyname", Member::kLastName},
    {kCustomer, "familyname", Member::kLastName},
    {kRoot, "surname", Member::kLastName},
    {kCustomer, "surname", Member::kLastName},

    {kRoot, "customerphone", Member::kPhone, kDocumented},
    {kRoot, "phone", Member::kPhone},
    {kCustomer, "phone", Member::kPhone},
    {kRoot, "phonenumber", Member::kPhone},
    {kCustomer, "phonenumber", Member::kPhone},
    {kRoot, "mobile", Member::kPhone},
    {kCustomer, "mobile", Member::kPhone},
    {kRoot, "mobilephone", Member::kPhone},
    {kCustomer, "mobilephone", Member::kPhone},
    {kRoot, "mobilenumber", Member::kPhone},
    {kCustomer, "mobilenumber", Member::kPhone},
    {kRoot, "cellphone", Member::kPhone},
    {kCustomer, "cellphone", Member::kPhone},
    {kRoot, "telephone", Member::kPhone},
    {kCustomer, "telephone", Member::kPhone},

    {kRoot, "starttime", Member::kStart, kDocumented},
    {kRoot, "start", Member::kStart},
    {kRoot, "startat", Member::kStart},
    {kRoot, "startsat", Member::kStart},
    // Before the wall clock's, which tools label as UTC when they send both.
    {kRoot, "starttimeutc", Member::kStart},
    {kRoot, "startdatetime", Member::kStart},
    {kRoot, "eventstarttime", Member::kStart},
    {kRoot, "appointmentstarttime", Member::kStart},
    {kRoot, "datetime", Member::kStart},
    {kRoot, "appointmenttime", Member::kStart},
    {kRoot, "startdate", Member::kStart},
    {kRoot, "time", Member::kStart},
    {kCustomer, "time", Member::kStart},
    {kRoot, "date", Member::kDate},
    {kRoot, "appointmentdate", Member::kDate},

    {kRoot, "endtime", Member::kEnd, kDocumented},
    {kRoot, "end", Member::kEnd},
    {kRoot, "endat", Member::kEnd},
    {kRoot, "endsat", Member::kEnd},
    {kRoot, "endtimeutc", Member::kEnd},
    {kRoot, "enddatetime", Member::kEnd},
    {kRoot, "eventendtime", Member::kEnd},
    {kRoot, "appointmentendtime", Member::kEnd},
    {kRoot, "enddate", Member::kEnd},

    {kRoot, "durationminutes", Member::kDuration, kDocumented},
    {kRoot, "duration", Member::kDuration},
    {kRoot, "length", Member::kDuration},
    {kRoot, "lengthminutes", Member::kDuration},
    {kService, "duration", Member::kDuration},
    {kService, "durationminutes", Member::kDuration},

    {kRoot, "appointmenttype", Member::kType, kDocumented},
    {kRoot, "type", Member::kType},
    {kRoot, "servicename", Member::kType},
    {kRoot, "service", Member::kType},
    {kRoot, "services", Member::kType},
    {kService, "name", Member::kType},
    {kService, "title", Member::kType},
    {kRoot, "eventtypename", Member::kType},
    {kRoot, "appointmenttypename", Member::kType},
    {kRoot, "schedulinglinkname", Member::kType},
    {kRoot, "servicetitle", Member::kType},
    {kRoot, "eventtype", Member::kType},
    {kRoot, "eventname", Member::kType},
    {kRoot, "event", Member::kType},
    {kCustomer, "event", Member::kType},
    {kBooking, "name", Member::kType},
    {kBooking, "title", Member::kType},
    {kRoot, "eventtitle", Member::kType},
    {kRoot, "title", Member::kType},
    {kRoot, "summary", Member::kType},

    {kRoot, "notes", Member::kNotes, kDocumented},
    {kRoot, "note", Member::kNotes},
    {kRoot, "customernotes", Member::kNotes},
    {kRoot, "customernote", Member::kNotes},
    {kRoot, "additionalnotes", Member::kNotes},
    {kRoot, "comments", Member::kNotes},
    {kRoot, "comment", Member::kNotes},
    {kRoot, "message", Member::kNotes},

    {kRoot, "externalid", Member::kExternalId, kDocumented},
    {kRoot, "bookingid", Member::kExternalId},
    {kRoot, "appointmentid", Member::kExternalId},
    {kRoot, "reservationid", Member::kExternalId},
    {kRoot, "bookinguid", Member::kExternalId},
    {kRoot, "bookingreference", Member::kExternalId},
    {kRoot, "confirmationnumber", Member::kExternalId},
    {kRoot, "uid", Member::kExternalId},
    {kBooking, "id", Member::kExternalId},
    {kRoot, "id", Member::kExternalId},

    {kRoot, "previousexternalid", Member::kPreviousId, kDocumented},
    {kRoot, "previousbookingid", Member::kPreviousId},
    {kRoot, "previousappointmentid", Member::kPreviousId},
    {kRoot, "nextexternalid", Member::kNextId, kDocumented},

    {kRoot, "source", Member::kSource, kDocumented},
    {kRoot, "action", Member::kAction, kDocumented},
    {kRoot, "occurredat", Member::kOccurredAt, kDocumented},
    {kRoot, "sequence", Member::kSequence, kDocumented},

    {kRoot, "timezone", Member::kTimeZone, kDocumented},
    {kCustomer, "timezone", Member::kTimeZone},

    {kRoot, "location", Member::kLocation, kDocumented},
    {kRoot, "meetinglocation", Member::kLocation},
    {kRoot, "venue", Member::kLocation},
    {kLocation, "address", Member::kLocation},
    {kLocation, "name", Member::kLocation},
    {kLocation, "location", Member::kLocation},
    {kLocation, "joinurl", Member::kLocation},
    {kRoot, "meetingurl", Member::kLocation},
    {kRoot, "joinurl", Member::kLocation},
    {kRoot, "conferencingjoinurl", Member::kLocation},
    {kRoot, "address", Member::kLocation},
    {kRoot, "where", Member::kLocation},

    {kRoot, "hostname", Member::kHostName, kDocumented},
    {kHost, "name", Member::kHostName},
    {kHost, "fullname", Member::kHostName},
    {kHost, "displayname", Member::kHostName},
    {kRoot, "staffname", Member::kHostName},
    {kRoot, "organizername", Member::kHostName},
    {kRoot, "host", Member::kHostName},
    {kRoot, "staff", Member::kHostName},
    {kRoot, "organizer", Member::kHostName},
    {kRoot, "hostemail", Member::kHostEmail, kDocumented},
    {kHost, "email", Member::kHostEmail},
    {kRoot, "staffemail", Member::kHostEmail},
    {kRoot, "organizeremail", Member::kHostEmail},

    {kRoot, "referredby", Member::kReferredBy, kDocumented},
    {kRoot, "cancelreason", Member::kCancelReason, kDocumented},
    {kRoot, "cancellationreason", Member::kCancelReason},
    {kRoot, "cancelationreason", Member::kCancelReason},
    {Context::kCancellation, "reason", Member::kCancelReason},

    {kRoot, "answers", Member::kAnswers, kDocumented},
    {kRoot, "questionsandanswers", Member::kAnswers},

    {kRoot, "triggerevent", Member::kEventName},
    {kRoot, "notificationtype", Member::kEventName},
    {kRoot, "status", Member::kStatus},
    {kRoot, "state", Member::kStatus},
    {kRoot, "appointmentstatus", Member::kStatus},
    {kRoot, "bookingstatus", Member::kStatus},
    {kRoot, "cancelled", Member::kCancelledFlag},
    {kRoot, "canceled", Member::kCancelledFlag},
    {kRoot, "iscancelled", Member::kCancelledFlag},
    {kRoot, "iscanceled", Member::kCancelledFlag},
    {kRoot, "cancelledat", Member::kCancelledAt},
    {kRoot, "canceledat", Member::kCancelledAt},
    {kRoot, "noshow", Member::kNoShowFlag},
    {kRoot, "isnoshow", Member::kNoShowFlag},
};

/// Names of the customer, as an object ("attendee": {"email"}) or in front of a name
/// ("attendee_email"), in the order of precedence.
constexpr std::array<std::string_view, 9> kCustomerWords = {
    "customer", "invitee", "attendee", "booker", "client", "guest", "patient", "lead", "contact"};

/// Names that hold what was booked in one tool and what happened to it in the next.
constexpr std::array<std::string_view, 4> kEventOrType = {"type", "eventtype", "eventname",
                                                          "event"};

struct ContextName {
  std::string_view name;
  Context context;
};

constexpr ContextName kContexts[] = {
    {"data", kRoot},
    {"payload", kRoot},
    {"body", kRoot},
    {"record", kRoot},
    {"result", kRoot},
    {"object", kRoot},
    {"booking", kBooking},
    {"appointment", kBooking},
    {"reservation", kBooking},
    {"meeting", kBooking},
    {"event", kBooking},
    {"scheduledevent", kBooking},
    {"bookedentity", kBooking},
    {"slot", kBooking},
    {"contactdetails", kCustomer},
    {"attendees", kCustomer},
    {"invitees", kCustomer},
    {"service", kService},
    {"services", kService},
    {"eventtype", kService},
    {"appointmenttype", kService},
    {"host", kHost},
    {"organizer", kHost},
    {"staff", kHost},
    {"staffmember", kHost},
    {"location", kLocation},
    {"cancellation", Context::kCancellation},
};

std::optional<Meaning> FindAlias(Context context, std::string_view folded) {
  const auto* const found = std::find_if(
      std::begin(kAliases), std::end(kAliases),
      [&](const Alias& alias) { return alias.name == folded && alias.context == context; });
  if (found == std::end(kAliases)) return std::nullopt;
  const auto row = static_cast<std::size_t>(found - std::begin(kAliases));
  // Room between two rows for the words in front of a name.
  return Meaning{found->member, static_cast<std::uint16_t>(row * (kCustomerWords.size() + 1)),
                 found->documented,
                 std::find(kEventOrType.begin(), kEventOrType.end(), folded) != kEventOrType.end()};
}

/// The name says who, and not when or what: a "lead_time" is no start of anything.
bool IsAboutPerson(Member member) {
  return member == Member::kEmail || member == Member::kName || member == Member::kFirstName ||
         member == Member::kLastName || member == Member::kPhone || member == Member::kTimeZone;
}

/// "attendee_email" means what "email" means in "attendee".
std::optional<Meaning> FindCustomersName(std::string_view folded) {
  for (std::size_t i = 0; i < kCustomerWords.size(); ++i) {
    const std::string_view word = kCustomerWords[i];
    if (!folded.starts_with(word)) continue;
    std::optional<Meaning> meaning = FindAlias(kCustomer, folded.substr(word.size()));
    if (!meaning || !IsAboutPerson(meaning->member)) return std::nullopt;
    meaning->rank = static_cast<std::uint16_t>(meaning->rank + i + 1);
    return meaning;
  }
  return std::nullopt;
}

}  // namespace

std::string FoldName(std::string_view name) {
  std::string folded;
  folded.reserve(name.size());
  for (const char c : name) {
    if (c == '_' || c == '-' || c == ' ') continue;
    folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  return folded;
}

std::optional<Meaning> MeaningOf(Context context, std::string_view folded) {
  std::optional<Meaning> meaning = FindAlias(context, folded);
  if (!meaning && context == kBooking) meaning = FindAlias(kRoot, folded);
  if (!meaning && (context == kRoot || context == kBooking)) meaning = FindCustomersName(folded);
  return meaning;
}

std::optional<Context> ContextOf(Context parent, std::string_view folded) {
  const bool in_customer =
      std::find(kCustomerWords.begin(), kCustomerWords.end(), folded) != kCustomerWords.end();
  const auto* const found =
      std::find_if(std::begin(kContexts), std::end(kContexts),
                   [&](const ContextName& known) { return known.name == folded; });
  const bool known = found != std::end(kContexts);
  if (!in_customer && !known) return std::nullopt;
  const Context context = in_customer ? kCustomer : found->context;
  // A customer's own objects are about the customer too ("client": {"contact": {"email"}}), and no
  // other object has a booking in it ("service": {"event": …}).
  if (parent == kRoot || parent == kBooking) return context;
  if (parent == kCustomer && context == kCustomer) return context;
  return std::nullopt;
}

std::string_view DocumentedName(Member member) {
  constexpr std::string_view kNames[] = {"customer_email",
                                         "customer_name",
                                         "",
                                         "",
                                         "customer_phone",
                                         "start_time",
                                         "",
                                         "end_time",
                                         "duration_minutes",
                                         "appointment_type",
                                         "notes",
                                         "external_id",
                                         "previous_external_id",
                                         "next_external_id",
                                         "source",
                                         "action",
                                         "occurred_at",
                                         "sequence",
                                         "time_zone",
                                         "location",
                                         "host_name",
                                         "host_email",
                                         "referred_by",
                                         "cancel_reason",
                                         "answers"};
  const auto index = static_cast<std::size_t>(member);
  return index < std::size(kNames) ? kNames[index] : std::string_view();
}

}  // namespace bookgate::normalized
