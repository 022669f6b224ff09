#include "config/table_reader.hpp"

#include <algorithm>
#include <iomanip>
#include <sstream>

#include "config/duration.hpp"
#include "config/suggestion.hpp"

namespace bookgate::config {
namespace {

const Table kNoTable;

std::string_view TypeName(const Value& value) {
  struct Name {
    std::string_view operator()(bool) const { return "a boolean"; }
    std::string_view operator()(std::int64_t) const { return "an integer"; }
    std::string_view operator()(double) const { return "a floating-point number"; }
    std::string_view operator()(const std::string&) const { return "a string"; }
    std::string_view operator()(DateTime) const { return "a date or time"; }
    std::string_view operator()(const Array&) const { return "an array"; }
    std::string_view operator()(const Table&) const { return "a table"; }
  };
  return std::visit(Name(), value.content);
}

std::string NumberText(double number) {
  std::ostringstream text;
  text << std::setprecision(12) << number;  // Enough for every bound without an exponent.
  return text.str();
}

std::string BetweenText(const std::string& least, const std::string& most) {
  return "is out of range; must be from " + least + " to " + most;
}

}  // namespace

std::optional<Place> TableReader::ReadText(std::string_view key, std::string& into) {
  const Value* value = Find(key);
  const std::string* text = value == nullptr ? nullptr : TextOf(*value, key);
  if (text == nullptr) return std::nullopt;
  into = *text;
  return value->place;
}

std::optional<Place> TableReader::ReadFlag(std::string_view key, bool& into) {
  const Value* value = Find(key);
  if (value == nullptr) return std::nullopt;
  const bool* flag = std::get_if<bool>(&value->content);
  if (flag == nullptr) {
    ReportType(*value, key, "true or false");
    return std::nullopt;
  }
  into = *flag;
  return value->place;
}

std::optional<Place> TableReader::ReadNumber(std::string_view key, double least, double most,
                                             double& into) {
  const Value* value = Find(key);
  if (value == nullptr) return std::nullopt;
  double number = 0;
  if (const auto* integer = std::get_if<std::int64_t>(&value->content)) {
    number = static_cast<double>(*integer);
  } else if (const auto* floating = std::get_if<double>(&value->content)) {
    number = *floating;
  } else {
    ReportType(*value, key, "a number");
    return std::nullopt;
  }
  const bool in_range = number >= least && number <= most;  // NaN is not.
  if (!in_range) {
    Report(value->place, key, BetweenText(NumberText(least), NumberText(most)));
    return std::nullopt;
  }
  into = number;
  return value->place;
}

TableReader TableReader::Section(std::string_view key) {
  TableReader section(kNoTable, *problems_);
  section.path_ = PathOf(key);
  if (const Value* value = FindTable(key)) {
    section.place_ = value->place;
    section.table_ = &std::get<Table>(value->content);
  }
  section.is_broken_ = section.table_ == &kNoTable && Find(key) != nullptr;
  return section;
}

const Value* TableReader::FindTable(std::string_view key) {
  const Value* value = Find(key);
  if (value == nullptr || std::holds_alternative<Table>(value->content)) return value;
  ReportType(*value, key, "a table, [" + PathOf(key) + "]");
  return nullptr;
}

std::vector<const Member*> TableReader::OtherTables() const {
  std::vector<const Member*> others;
  for (const Member& member : *table_) {
    const bool is_known = std::find(known_.begin(), known_.end(), member.key) != known_.end();
    if (!is_known && std::holds_alternative<Table>(member.value.content)) others.push_back(&member);
  }
  return others;
}

const Value* TableReader::Find(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  const auto found = std::find_if(table_->begin(), table_->end(),
                                  [&](const Member& member) { return member.key == key; });
  return found == table_->end() ? nullptr : &found->value;
}

void TableReader::Require(std::string_view key, std::string_view example) {
  if (is_broken_ || Find(key) != nullptr) return;
  Report(place_, key,
         "is missing; must be set, such as " + std::string(key) + " = \"" + std::string(example) +
             "\"");
}

void TableReader::Report(Place place, std::string_view key, std::string message) {
  problems_->Add(place, PathOf(key), std::move(message));
}

void TableReader::ReportUnknownKeys() {
  for (const Member& member : *table_) {
    if (std::find(known_.begin(), known_.end(), member.key) != known_.end()) continue;
    std::string message = "is unknown; ";
    if (const std::optional<std::string> nearest = NearestName(member.key, known_)) {
      message += "did you mean \"" + *nearest + "\"?";
    } else {
      std::string all;
      for (const std::string& name : known_) all += (all.empty() ? "" : ", ") + name;
      message += "known here: " + all;
    }
    Report(member.place, member.key, std::move(message));
  }
}

std::string TableReader::PathOf(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

void TableReader::ReportType(const Value& value, std::string_view key, std::string_view right) {
  Report(value.place, key,
         "is " + std::string(TypeName(value)) + "; must be " + std::string(right));
}

const std::string* TableReader::TextOf(const Value& value, std::string_view key) {
  const auto* text = std::get_if<std::string>(&value.content);
  if (text == nullptr) ReportType(value, key, "a string");
  return text;
}

std::optional<std::int64_t> TableReader::IntegerBetween(const Value& value, std::string_view key,
                                                        std::int64_t least, std::int64_t most) {
  const auto* integer = std::get_if<std::int64_t>(&value.content);
  if (integer == nullptr) {
    ReportType(value, key, "an integer");
    return std::nullopt;
  }
  if (*integer < least || *integer > most) {
    Report(value.place, key, BetweenText(std::to_string(least), std::to_string(most)));
    return std::nullopt;
  }
  return *integer;
}

std::optional<std::chrono::milliseconds> TableReader::DurationBetween(
    const Value& value, std::string_view key, std::chrono::milliseconds unit,
    std::chrono::milliseconds least, std::chrono::milliseconds most) {
  const std::string* text = TextOf(value, key);
  if (text == nullptr) return std::nullopt;
  const base::Result<std::chrono::milliseconds> duration = ParseDuration(*text);
  if (!duration) {
    Report(value.place, key, duration.failure().operator_text);
    return std::nullopt;
  }
  if (*duration < least || *duration > most || *duration % unit != std::chrono::milliseconds(0)) {
    const bool is_whole = *duration % unit == std::chrono::milliseconds(0);
    Report(value.place, key,
           BetweenText(DurationText(least), DurationText(most)) +
               (is_whole ? "" : " in whole steps of " + DurationText(unit)));
    return std::nullopt;
  }
  return *duration;
}

const Array* TableReader::ArrayOf(const Value& value, std::string_view key) {
  const auto* array = std::get_if<Array>(&value.content);
  if (array == nullptr) ReportType(value, key, "an array of strings");
  return array;
}

}  // namespace bookgate::config
