#include "questions.hpp"

#include <bookgate/text.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace bookgate::calendly {
namespace {

/// Parts of words that name a telephone. Matched against text in ASCII lower case, so the others
/// begin after the first letter, which may be a capital.
constexpr std::array<std::string_view, 20> kPhoneStems = {
    "phone",  "telefon", "fono", "mobil",    "movil",   "m\xC3\xB3vil", "celular",
    "cell",   "handy",   "gsm",  "whatsapp", "puhelin", "portable",     "tlf",
    "елефон", "ηλέφων",  "电话", "電話",     "手机",    "전화",
};

/// Somebody else's number.
constexpr std::array<std::string_view, 4> kNotTheCustomers = {"emergency", "notfall", "urgence",
                                                              "emergencia"};

template <std::size_t kCount>
bool ContainsAny(std::string_view text, const std::array<std::string_view, kCount>& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return text.find(part) != std::string_view::npos;
  });
}

bool IsLetterOrDigit(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= 'a' && byte <= 'z');
}

/// The words of a question, in lower case, with one blank between them.
std::string Words(std::string_view question) {
  std::string words;
  bool between = false;
  for (const char c : question) {
    if (!IsLetterOrDigit(c)) {
      // An apostrophe stands in a word, other punctuation and blanks end one.
      between = between || c != '\'';
      continue;
    }
    if (between && !words.empty()) words += ' ';
    between = false;
    words += c;
  }
  return ToLowerAscii(words);
}

void Add(std::vector<Answer>& answers, json::Value question, json::Value answer) {
  std::optional<std::string> asked = question.Text();
  std::optional<std::string> said = answer.Text();
  if (asked && said) answers.push_back({*std::move(asked), *std::move(said)});
}

void ReadList(std::vector<Answer>& answers, json::Value list) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const json::Value item = list[i];
    Add(answers, item["question"], item["answer"].exists() ? item["answer"] : item["response"]);
  }
}

void ReadNumbered(std::vector<Answer>& answers, json::Value numbered) {
  // Questions that were left open have no member, so the numbers may have gaps.
  for (std::size_t i = 1; i <= numbered.size(); ++i) {
    const std::string number = std::to_string(i);
    Add(answers, numbered[number + "_question"], numbered[number + "_response"]);
  }
}

}  // namespace

std::vector<Answer> ReadAnswers(json::Value payload) {
  std::vector<Answer> answers;
  ReadList(answers, payload["questions_and_answers"]);
  if (!answers.empty()) return answers;
  const json::Value responses = payload["questions_and_responses"];
  if (responses.is_array()) {
    ReadList(answers, responses);
  } else {
    ReadNumbered(answers, responses);
  }
  return answers;
}

std::optional<std::string> AnswerTo(std::string_view question, const std::vector<Answer>& answers) {
  const std::string wanted = Words(question);
  if (wanted.empty()) return std::nullopt;
  for (const Answer& answer : answers) {
    if (Words(answer.question) == wanted) return answer.answer;
  }
  return std::nullopt;
}

std::optional<std::string> PhoneAnswer(const std::vector<Answer>& answers) {
  for (const Answer& answer : answers) {
    if (!LooksLikePhone(answer.answer)) continue;
    const std::string question = ToLowerAscii(answer.question);
    if (ContainsAny(question, kPhoneStems) && !ContainsAny(question, kNotTheCustomers)) {
      return answer.answer;
    }
  }
  return std::nullopt;
}

}  // namespace bookgate::calendly
