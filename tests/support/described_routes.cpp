#include "support/described_routes.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>
#include <stdexcept>

#include "support/temporary_folder.hpp"

namespace bookgate::tests {
namespace {

constexpr std::array<std::string_view, 6> kMethods = {"get",    "post",  "put",
                                                      "delete", "patch", "head"};

/// The key of a line that is indented by so much and ends with a colon; "" for any other line.
std::string KeyAt(const std::string& line, std::size_t indent) {
  const bool indented = line.find_first_not_of(' ') == indent;
  if (!indented || line.back() != ':') return {};
  return line.substr(indent, line.size() - indent - 1);
}

std::string UpperCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

}  // namespace

std::vector<DescribedRoute> DescribedRoutes(const std::string& openapi_file) {
  std::istringstream lines(ReadFile(openapi_file));
  std::vector<DescribedRoute> routes;
  std::string path;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    if (const std::string key = KeyAt(line, 2); !key.empty()) path = key;
    const std::string method = KeyAt(line, 4);
    const bool known = std::find(kMethods.begin(), kMethods.end(), method) != kMethods.end();
    if (known && path.starts_with('/')) routes.push_back({UpperCase(method), path});
  }
  if (routes.empty()) throw std::runtime_error("no routes in " + openapi_file);
  return routes;
}

}  // namespace bookgate::tests
