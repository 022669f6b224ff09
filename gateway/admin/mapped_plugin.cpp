#include "admin/mapped_plugin.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "translate/field_mapping.hpp"

namespace bookgate::admin {

const translate::Plugin* MappedPlugin(const translate::Registry& registry) {
  const translate::Plugin* plugin = registry.Find("generic");
  return plugin != nullptr && translate::TakesMapping(*plugin) ? plugin : nullptr;
}

std::string MappingText(json::Value mapping) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  mapping.raw()->Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace bookgate::admin
