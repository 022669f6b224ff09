#include "answers.hpp"

#include <bookgate/booking_limits.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "values.hpp"

namespace bookgate::normalized {
namespace {

class AnswersReader {
 public:
  AnswersReader(const Field& field, std::vector<Problem>& problems)
      : field_(field), problems_(problems) {}

  std::vector<Answer> Read() {
    const json::Value list = field_.value;
    if (!list.is_array() && !list.is_object()) {
      Complain("", "bad_type", "must be a list of objects with question and answer");
      return {};
    }
    for (std::size_t i = 0; i < list.size() && answers_.size() <= limits::kMaxAnswers; ++i) {
      if (list.is_object()) {
        const std::string question(list.NameAt(i));
        Add(question, list.ValueAt(i), "");
        continue;
      }
      const std::optional<std::string> question = TextOf(list[i]["question"], false);
      Add(question.value_or(""), list[i]["answer"], "/" + std::to_string(i));
    }
    if (answers_.size() > limits::kMaxAnswers)
      Complain("", "too_long", "may hold at most 100 answers");
    return std::move(answers_);
  }

 private:
  void Complain(const std::string& where, std::string code, std::string message) {
    problems_.push_back({field_.pointer + where, std::move(code), std::move(message)});
  }

  void Add(std::string question, json::Value value, const std::string& where) {
    if (SaysNothing(value)) return;
    std::optional<std::string> answer = TextOf(value, true);
    if (!answer && value.is_bool()) answer = value.Bool() == true ? "true" : "false";
    if (!answer) return Complain(where, "bad_type", "must be an answer in text");
    if (question.size() > limits::kQuestionBytes) {
      return Complain(where, "too_long", "the question may have at most 1000 bytes");
    }
    if (answer->size() > limits::kAnswerBytes) {
      return Complain(where, "too_long", "the answer may have at most 10000 bytes");
    }
    answers_.push_back({std::move(question), *std::move(answer)});
  }

  const Field& field_;
  std::vector<Problem>& problems_;
  std::vector<Answer> answers_;
};

}  // namespace

std::vector<Answer> ReadAnswers(const Field& field, std::vector<Problem>& problems) {
  if (!field.exists()) return {};
  return AnswersReader(field, problems).Read();
}

}  // namespace bookgate::normalized
