#include "responses.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace bookgate::calcom {
namespace {

/// Fields that every form has. They have members of their own in a booking; their labels are keys
/// of Cal.com's translations ("your_name"), not questions.
constexpr std::array<std::string_view, 9> kBuiltIn = {"name",
                                                      "email",
                                                      "location",
                                                      "guests",
                                                      "notes",
                                                      "title",
                                                      "rescheduleReason",
                                                      "attendeePhoneNumber",
                                                      "smsReminderNumber"};

bool IsBuiltIn(std::string_view field) {
  return std::find(kBuiltIn.begin(), kBuiltIn.end(), field) != kBuiltIn.end();
}

/// `{label, value, isHidden}` and not a value that is itself an object, as a location's
/// `{value, optionValue}` and a name's `{firstName, lastName}` are.
bool IsField(json::Value response) {
  return response["label"].exists() || response["isHidden"].exists() ||
         (response["value"].exists() && !response["optionValue"].exists());
}

json::Value ValueOf(json::Value response) {
  return IsField(response) ? response["value"] : response;
}

void Append(std::string& joined, std::string_view between, std::string_view text) {
  if (!joined.empty()) joined += between;
  joined += text;
}

std::optional<std::string> Joined(json::Value list) {
  std::string joined;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::optional<std::string> text = AnswerText(list.is_array() ? list[i] : list.ValueAt(i));
    if (text) Append(joined, ", ", *text);
  }
  if (joined.empty()) return std::nullopt;
  return joined;
}

std::optional<std::string> ObjectText(json::Value object) {
  for (const std::string_view name : {"optionValue", "value", "label"}) {
    if (std::optional<std::string> text = AnswerText(object[name])) return text;
  }
  std::string full_name;
  for (const std::string_view name : {"firstName", "lastName"}) {
    if (const std::optional<std::string> part = object[name].Text()) Append(full_name, " ", *part);
  }
  if (!full_name.empty()) return full_name;
  return Joined(object);
}

bool HasField(const std::vector<std::string_view>& fields, std::string_view field) {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

/// Adds the answers of one of the three objects that hold some, but for fields seen before.
void Collect(json::Value fields, std::vector<std::string_view>& seen,
             std::vector<Answer>& answers) {
  if (!fields.is_object()) return;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string_view field = fields.NameAt(i);
    if (IsBuiltIn(field) || HasField(seen, field)) continue;
    const json::Value response = fields.ValueAt(i);
    std::optional<std::string> answer = AnswerText(ValueOf(response));
    if (!answer) continue;
    seen.push_back(field);
    answers.push_back({response["label"].Text().value_or(std::string(field)), *std::move(answer)});
  }
}

}  // namespace

json::Value Response(json::Value booking, std::string_view field) {
  const json::Value responses = booking["responses"];
  return ValueOf(responses.exists() ? responses[field] : booking["bookingFieldsResponses"][field]);
}

std::optional<std::string> AnswerText(json::Value value) {
  if (value.is_bool()) return value.Bool().value_or(false) ? "yes" : "no";
  if (value.is_array()) return Joined(value);
  return value.is_object() ? ObjectText(value) : value.Text();
}

std::vector<Answer> ReadAnswers(json::Value booking) {
  std::vector<Answer> answers;
  std::vector<std::string_view> seen;
  Collect(booking["responses"], seen, answers);
  Collect(booking["userFieldsResponses"], seen, answers);
  Collect(booking["bookingFieldsResponses"], seen, answers);
  Collect(booking["customInputs"], seen, answers);  // Before 2023: answers by their question.
  return answers;
}

}  // namespace bookgate::calcom
