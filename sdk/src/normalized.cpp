#include <bookgate/normalized.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "normalized/booking_reader.hpp"
#include "normalized/containers.hpp"

namespace bookgate {
namespace {

using normalized::Item;
using normalized::kMaxProblems;
using normalized::OpenedBody;
using normalized::ReadItem;

constexpr std::size_t kMaxPointerBytes = 512;

/// Within what schemas/step-result.json allows, whatever names a sender makes up.
Reject Within(std::vector<Problem> problems) {
  if (problems.size() > kMaxProblems) problems.resize(kMaxProblems);
  for (Problem& problem : problems) {
    if (problem.pointer.size() > kMaxPointerBytes) problem.pointer.clear();
  }
  return Reject{std::move(problems)};
}

Decision Read(OpenedBody& opened, const FieldMapping& mapping) {
  Bookings bookings;
  std::vector<Problem> problems = std::move(opened.problems);
  bool only_tests = true;
  for (const Item& item : opened.items) {
    ReadItem read = ReadBooking(item, mapping, opened.lost_plus_signs, problems, bookings.notes);
    if (read.is_test) continue;
    only_tests = false;
    bookings.events.push_back(std::move(read.booking));
    if (problems.size() >= kMaxProblems) break;
  }
  if (!problems.empty()) return Within(std::move(problems));
  if (only_tests) return Ignore{"ping"};
  auto& notes = bookings.notes;
  notes.erase(std::unique(notes.begin(), notes.end()), notes.end());
  return bookings;
}

}  // namespace

Decision TranslateNormalized(std::string_view body, std::string_view content_type,
                             const FieldMapping& mapping) {
  std::variant<OpenedBody, Reject> opened = normalized::OpenBody(body, content_type);
  if (auto* reject = std::get_if<Reject>(&opened)) return Within(std::move(reject->problems));
  return Read(std::get<OpenedBody>(opened), mapping);
}

}  // namespace bookgate
