#include "location.hpp"

#include <string_view>

namespace bookgate::square {
namespace {

void Append(std::optional<std::string>& line, const std::optional<std::string>& part) {
  if (!part) return;
  line = line ? *line + ", " + *part : *part;
}

void AppendAddress(std::optional<std::string>& line, json::Value address) {
  for (const std::string_view member :
       {"address_line_1", "address_line_2", "address_line_3", "locality",
        "administrative_district_level_1", "postal_code"}) {
    Append(line, address[member].Text());
  }
}

}  // namespace

std::optional<std::string> LocationInWebhook(json::Value booking) {
  const std::optional<std::string> type = booking["location_type"].Text();
  if (type == "PHONE") return "Phone";
  if (type != "CUSTOMER_LOCATION") return std::nullopt;
  std::optional<std::string> line;
  AppendAddress(line, booking["address"]);
  return line ? line : "At the customer's";
}

std::optional<std::string> LocationText(json::Value location) {
  std::optional<std::string> line = location["name"].Text();
  AppendAddress(line, location["address"]);
  return line;
}

}  // namespace bookgate::square
