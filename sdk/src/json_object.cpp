#include <bookgate/json_object.hpp>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <bookgate/text.hpp>

namespace bookgate {
namespace {

std::string Quoted(std::string_view text) {
  const std::string valid = ToValidUtf8(text);
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

JsonObject& JsonObject::Text(std::string_view name, std::string_view value) {
  return Raw(name, Quoted(value));
}

JsonObject& JsonObject::Texts(std::string_view name, const std::vector<std::string>& values) {
  std::string list = "[";
  for (const std::string& value : values) {
    if (list.size() > 1) list += ',';
    list += Quoted(value);
  }
  return Raw(name, list + "]");
}

JsonObject& JsonObject::Number(std::string_view name, std::int64_t value) {
  return Raw(name, std::to_string(value));
}

JsonObject& JsonObject::Flag(std::string_view name, bool value) {
  return Raw(name, value ? "true" : "false");
}

JsonObject& JsonObject::Object(std::string_view name, const JsonObject& value) {
  return Raw(name, value.ToText());
}

std::string JsonObject::ToText() const {
  return "{" + members_ + "}";
}

JsonObject& JsonObject::Raw(std::string_view name, std::string_view value) {
  if (!members_.empty()) members_ += ',';
  members_.append(Quoted(name)).append(":").append(value);
  return *this;
}

}  // namespace bookgate
