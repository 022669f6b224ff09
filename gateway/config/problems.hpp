/// \file problems.hpp
/// Collects what is wrong with the configuration, so that all of it is said at once.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "config/load.hpp"

namespace bookgate::config {

/// Where something stands in the file. Columns count characters, not bytes.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend auto operator<=>(const Place&, const Place&) = default;
};

class Problems {
 public:
  explicit Problems(std::string file) : file_(std::move(file)) {}

  void Add(Place place, std::string key, std::string message);
  bool empty() const { return problems_.empty(); }
  /// In the file's order; what stands at one place in the order in which it was added.
  std::vector<ConfigProblem> InOrder() &&;

 private:
  std::string file_;
  std::vector<ConfigProblem> problems_;
};

}  // namespace bookgate::config
