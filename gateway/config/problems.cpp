#include "config/problems.hpp"

#include <algorithm>
#include <tuple>

namespace bookgate::config {

std::string ConfigProblem::ToString() const {
  const std::string place = file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": ";
  return key.empty() ? place + message : place + key + ": " + message;
}

void Problems::Add(Place place, std::string key, std::string message) {
  problems_.push_back({file_, place.line, place.column, std::move(key), std::move(message)});
}

std::vector<ConfigProblem> Problems::InOrder() && {
  std::stable_sort(problems_.begin(), problems_.end(), [](const auto& a, const auto& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  return std::move(problems_);
}

}  // namespace bookgate::config
