#include "forms.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace bookgate::acuity {

std::vector<Answer> ReadAnswers(json::Value forms) {
  std::vector<Answer> answers;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    const json::Value values = forms[i]["values"];
    for (std::size_t k = 0; k < values.size(); ++k) {
      std::optional<std::string> question = values[k]["name"].Text();
      // A question that was left open has the answer "".
      std::optional<std::string> answer = values[k]["value"].Text();
      if (question && answer) answers.push_back({*std::move(question), *std::move(answer)});
    }
  }
  return answers;
}

}  // namespace bookgate::acuity
