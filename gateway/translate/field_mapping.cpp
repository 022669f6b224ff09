#include "translate/field_mapping.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <bookgate/json.hpp>
#include <bookgate/schema.hpp>

#include <optional>

namespace bookgate::translate {
namespace {

constexpr std::size_t kMaxMappingBytes = 16'384;
constexpr const char* kMember = "mapping";

base::Failure Wrong(const std::string& text) {
  return {base::Code::kInvalid, "the mapping: " + text, "The mapping: " + text};
}

/// `config` with the member replaced; both are JSON objects.
std::string Merge(json::Value config, json::Value mapping) {
  rapidjson::Document merged(rapidjson::kObjectType);
  for (std::size_t i = 0; i < config.size(); ++i) {
    if (config.NameAt(i) == kMember) continue;
    merged.AddMember(rapidjson::Value(std::string(config.NameAt(i)), merged.GetAllocator()),
                     rapidjson::Value(*config.ValueAt(i).raw(), merged.GetAllocator()),
                     merged.GetAllocator());
  }
  merged.AddMember(rapidjson::StringRef(kMember),
                   rapidjson::Value(*mapping.raw(), merged.GetAllocator()), merged.GetAllocator());
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  merged.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

bool TakesMapping(const Plugin& plugin) {
  const std::optional<json::Document> schema = json::Document::Parse(plugin.manifest.config_schema);
  return schema && schema->root()["properties"][kMember].exists();
}

std::string ConfigWithMapping(const Plugin& plugin, std::string_view mapping) {
  if (mapping.empty() || !TakesMapping(plugin)) return {};
  const std::optional<json::Document> own = json::Document::Parse(plugin.config_json);
  const std::optional<json::Document> document = json::Document::Parse(mapping);
  if (!own || !document || !document->root().is_object()) return {};
  return Merge(own->root(), document->root());
}

base::Status CheckMapping(const Plugin& plugin, std::string_view mapping) {
  if (!TakesMapping(plugin)) return Wrong("the plugin " + plugin.manifest.provider + " takes none");
  if (mapping.size() > kMaxMappingBytes) return Wrong("may have at most 16384 bytes");
  const std::optional<json::Document> document = json::Document::Parse(mapping);
  if (!document || !document->root().is_object()) {
    return Wrong("must be a JSON object such as {\"customer_email\": \"/attendee/mail\"}");
  }
  const std::optional<json::Document> schema = json::Document::Parse(plugin.manifest.config_schema);
  const json::Schema checker(schema->root()["properties"][kMember]);
  const std::optional<json::SchemaProblem> problem = checker.Check(document->root());
  if (problem) return Wrong(problem->ToString());
  return base::Done{};
}

}  // namespace bookgate::translate
