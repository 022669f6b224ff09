#include "config/plugin_config.hpp"

#include <cmath>

#include "base/json_writer.hpp"

namespace bookgate::config {
namespace {

/// Writes values as JSON; what JSON cannot say becomes a problem and null.
class JsonOf {
 public:
  JsonOf(TableReader& table, base::JsonWriter& json) : table_(table), json_(json) {}

  void Write(const Value& value, const std::string& path) {
    std::visit([&](const auto& content) { WriteContent(content, value.place, path); },
               value.content);
  }

 private:
  void WriteContent(bool flag, Place, const std::string&) { json_.Value(flag); }
  void WriteContent(std::int64_t integer, Place, const std::string&) { json_.Value(integer); }
  void WriteContent(const std::string& text, Place, const std::string&) { json_.Value(text); }

  void WriteContent(double number, Place place, const std::string& path) {
    if (std::isfinite(number)) {
      json_.Value(number);
    } else {
      Refuse(place, path, "is infinite or no number; must be a finite number");
    }
  }

  void WriteContent(DateTime, Place place, const std::string& path) {
    Refuse(place, path, "is a date or time, which a plugin cannot take; put it in quotes");
  }

  void WriteContent(const Array& array, Place, const std::string& path) {
    json_.Array();
    for (const Value& element : array) Write(element, path);
    json_.EndArray();
  }

  void WriteContent(const Table& table, Place, const std::string& path) {
    json_.Object();
    for (const Member& member : table) {
      json_.Key(member.key);
      Write(member.value, path + "." + member.key);
    }
    json_.EndObject();
  }

  void Refuse(Place place, const std::string& path, std::string message) {
    table_.Report(place, path, std::move(message));
    json_.Null();
  }

  TableReader& table_;
  base::JsonWriter& json_;
};

}  // namespace

void ReadPluginConfig(TableReader& table, std::string_view key, std::string& into) {
  const Value* value = table.FindTable(key);
  if (value == nullptr) return;
  base::JsonWriter json;
  JsonOf(table, json).Write(*value, std::string(key));
  into = json.Text();
}

}  // namespace bookgate::config
