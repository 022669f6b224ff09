#include "fields.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "actions.hpp"
#include "values.hpp"

namespace bookgate::normalized {
namespace {

/// Deeper objects are no part of a booking.
constexpr std::uint32_t kMaxDepth = 8;
constexpr std::uint32_t kDepths = kMaxDepth + 1;
/// Behind everything that the table has.
constexpr std::uint32_t kLastResort = 1'000'000;

/// Takes the first part off a name that a tool has flattened, as Zapier does with
/// "payload__invitee__email" and others with "invitee.email". The whole name if it has one part.
std::string_view TakeNamePart(std::string_view& name) {
  const std::size_t bars = name.find("__", 1);
  const std::size_t dot = name.find('.', 1);
  const std::size_t end = std::min(bars, dot);
  const std::string_view part = name.substr(0, end);
  const std::size_t next = end + (end == bars ? 2 : 1);
  name =
      end == std::string_view::npos || next >= name.size() ? std::string_view() : name.substr(next);
  return part;
}

bool IsIndex(std::string_view part) {
  return !part.empty() &&
         std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsHint(Member member) {
  return member >= Member::kEventName;
}

bool HoldsObjects(json::Value value) {
  return value.is_object() || (value.is_array() && value[0].is_object());
}

bool IsUrl(json::Value value) {
  const std::string_view text = value.RawString().value_or("");
  return text.starts_with("https://") || text.starts_with("http://");
}

/// A booking that names its own customer inside: then what it calls "name" is the customer's.
bool NamesCustomer(json::Value object) {
  for (std::size_t i = 0; i < object.size(); ++i) {
    const std::optional<Meaning> meaning = MeaningOf(Context::kRoot, FoldName(object.NameAt(i)));
    if (meaning && meaning->member == Member::kEmail && object.ValueAt(i).is_string()) return true;
  }
  return false;
}

}  // namespace

class FieldCollector {
 public:
  FieldCollector(Fields& fields, std::vector<Problem>& problems)
      : fields_(fields), problems_(problems) {}

  void Visit(json::Value object, Context context, const Pointer& pointer, std::uint32_t depth) {
    if (depth >= kMaxDepth) return;
    for (std::size_t i = 0; i < object.size(); ++i) {
      const std::string_view name = object.NameAt(i);
      Member(object.ValueAt(i), name, context, pointer.Then(name), depth);
    }
  }

 private:
  using enum Context;
  using MemberId = normalized::Member;

  void Member(json::Value value, std::string_view name, Context context, const Pointer& pointer,
              std::uint32_t depth) {
    std::string_view rest = name;
    std::string folded = FoldName(TakeNamePart(rest));
    while (!rest.empty()) {
      const std::optional<Context> inner = ContextOf(context, folded);
      if (!inner) return;
      context = *inner;
      ++depth;
      std::string_view part = TakeNamePart(rest);
      // "attendees__0__email": of a list, the first.
      if (IsIndex(part) && part != "0") return;
      if (IsIndex(part)) part = TakeNamePart(rest);
      folded = FoldName(part);
    }
    const std::optional<Meaning> meaning = MeaningOf(context, folded);
    if (HoldsObjects(value) && (!meaning || meaning->member != MemberId::kAnswers)) {
      VisitInner(value, ContextOf(context, folded), meaning, pointer, depth);
    } else if (meaning) {
      Offer(value, *meaning, std::move(folded), pointer, depth);
    }
  }

  void VisitInner(json::Value value, std::optional<Context> context,
                  const std::optional<Meaning>& meaning, const Pointer& pointer,
                  std::uint32_t depth) {
    if (!context) {
      if (meaning && meaning->documented && !SaysNothing(value)) {
        Complain(pointer, "bad_type", "must be text, not an object");
      }
      return;
    }
    const bool holds_booking = *context == kRoot || *context == kBooking;
    if (value.is_array() && value.size() > 1 && holds_booking) {
      return Complain(pointer, "several_bookings",
                      "holds several bookings beside other members: send the list by itself, or as "
                      "the only member of an object");
    }
    if (value.is_object()) {
      const bool own_customer = *context == kBooking && NamesCustomer(value);
      return Visit(value, own_customer ? kRoot : *context, pointer, depth + 1);
    }
    // The first attendee is the one who booked; of services all count.
    const std::size_t count = *context == kService ? value.size() : 1;
    for (std::size_t i = 0; i < count; ++i) {
      in_list_ = i > 0;
      Visit(value[i], *context, pointer.Then(i), depth + 1);
    }
    in_list_ = false;
  }

  void Offer(json::Value value, const Meaning& meaning, std::string folded, const Pointer& pointer,
             std::uint32_t depth) {
    if (SaysNothing(value)) {
      const bool email = meaning.member == MemberId::kEmail;
      if (email && fields_.unfilled_email_.empty()) fields_.unfilled_email_ = pointer.text();
      return;
    }
    if (IsHint(meaning.member)) return fields_.hints_.push_back({meaning.member, value});
    std::uint32_t rank = meaning.rank * kDepths + DepthRank(meaning.member, depth);
    if (meaning.may_name_event) {
      const std::optional<std::string> text = TextOf(value, false);
      const std::optional<EventName> event = text ? ReadEventName(*text) : std::nullopt;
      if (event) fields_.hints_.push_back({MemberId::kEventName, value});
      if (event && !event->is_test) return;
      if (event || (text && IsRecordKind(*text))) rank += kLastResort;
    }
    // An undocumented name with a value that is no text means something else in that tool.
    if (!meaning.documented && meaning.member != MemberId::kAnswers && !TextOf(value, true)) return;
    // Calendly's API and others refer to the type of an event by its address.
    if (meaning.member == MemberId::kType && !meaning.documented && IsUrl(value)) return;
    Choose(meaning.member,
           Field{value, pointer.text(), std::move(folded), rank, meaning.documented});
  }

  /// The outer one of two equal names counts, but for ids: an envelope has one of its own.
  static std::uint32_t DepthRank(MemberId member, std::uint32_t depth) {
    return member == MemberId::kExternalId ? kMaxDepth - depth : depth;
  }

  void Choose(MemberId member, Field field) {
    Field& chosen = fields_.fields_[static_cast<std::size_t>(member)];
    if (in_list_ && chosen.exists() && chosen.rank == field.rank) {
      if (member == MemberId::kType) chosen.others.push_back(field.value);
    } else if (!chosen.exists() || field.rank < chosen.rank) {
      chosen = std::move(field);
    }
  }

  void Complain(const Pointer& pointer, std::string code, std::string message) {
    problems_.push_back({pointer.text(), std::move(code), std::move(message)});
  }

  Fields& fields_;
  std::vector<Problem>& problems_;
  bool in_list_ = false;  ///< In the second or a later element of a list.
};

Fields CollectFields(const Item& item, std::vector<Problem>& problems) {
  Fields fields;
  FieldCollector(fields, problems).Visit(item.object, Context::kRoot, item.pointer, 0);
  return fields;
}

}  // namespace bookgate::normalized
