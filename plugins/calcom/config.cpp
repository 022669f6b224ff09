#include "config.hpp"

#include <bookgate/json.hpp>

#include <optional>

namespace bookgate::calcom {

Config ReadConfig(std::string_view text) {
  Config config;
  if (text.empty() || text == "{}") return config;
  const std::optional<json::Document> document = json::Document::Parse(text);
  if (!document) return config;
  const json::Value root = document->root();
  config.store_requests = root["store_requests"].Bool().value_or(config.store_requests);
  config.seat_no_shows = root["seat_no_shows"].Bool().value_or(config.seat_no_shows);
  return config;
}

}  // namespace bookgate::calcom
