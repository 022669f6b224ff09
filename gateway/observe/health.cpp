#include "observe/health.hpp"

#include "base/json_writer.hpp"

namespace bookgate::observe {

std::string Health::ToJson() const {
  base::JsonWriter json;
  json.Object().Member("ready", ready()).Member("database", database_up ? "up" : "down");
  json.Member("spool", "off").Member("plugins", plugins_ok ? "ok" : "failed");
  return json.EndObject().Text();
}

}  // namespace bookgate::observe
