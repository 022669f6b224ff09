#include "config.hpp"

#include <bookgate/json.hpp>
#include <optional>

namespace bookgate::calendly {

Config ReadConfig(std::string_view text) {
  Config config;
  if (text.empty() || text == "{}") return config;
  const std::optional<json::Document> document = json::Document::Parse(text);
  if (!document) return config;
  const json::Value root = document->root();
  config.no_show_events = root["no_show_events"].Bool().value_or(config.no_show_events);
  if (root["appointment_type_question"].is_string()) {
    config.appointment_type_question = root["appointment_type_question"].Text().value_or("");
  }
  if (root["referrer_question"].is_string()) {
    config.referrer_question = root["referrer_question"].Text().value_or("");
  }
  return config;
}

}  // namespace bookgate::calendly
