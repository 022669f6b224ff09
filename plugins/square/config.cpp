#include "config.hpp"

#include <bookgate/json.hpp>

#include <optional>

namespace bookgate::square {

Config ReadConfig(std::string_view text) {
  Config config;
  if (text.empty() || text == "{}") return config;
  const std::optional<json::Document> document = json::Document::Parse(text);
  if (!document) return config;
  config.store_pending = document->root()["store_pending"].Bool().value_or(config.store_pending);
  return config;
}

}  // namespace bookgate::square
