/// \file json_writer.hpp
/// Writes JSON text member by member, so that answers and command output need no document in
/// memory.
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace bookgate::base {

/// Calls must nest as JSON does; text must be UTF-8.
class JsonWriter {
 public:
  JsonWriter& Object() { return Did(out_.StartObject()); }
  JsonWriter& EndObject() { return Did(out_.EndObject()); }
  JsonWriter& Array() { return Did(out_.StartArray()); }
  JsonWriter& EndArray() { return Did(out_.EndArray()); }
  JsonWriter& Key(std::string_view name) { return Did(out_.Key(name.data(), Size(name))); }

  JsonWriter& Value(std::string_view text) { return Did(out_.String(text.data(), Size(text))); }
  JsonWriter& Value(const char* text) { return Value(std::string_view(text)); }
  JsonWriter& Value(const std::string& text) { return Value(std::string_view(text)); }
  JsonWriter& Value(bool value) { return Did(out_.Bool(value)); }
  JsonWriter& Value(double value) { return Did(out_.Double(value)); }
  JsonWriter& Value(std::integral auto value) {
    if constexpr (std::is_signed_v<decltype(value)>)
      return Did(out_.Int64(value));
    else
      return Did(out_.Uint64(value));
  }
  template <class T>
  JsonWriter& Value(const std::optional<T>& value) {
    return value ? Value(*value) : Null();
  }
  JsonWriter& Null() { return Did(out_.Null()); }
  /// A value that is JSON text already.
  JsonWriter& Raw(std::string_view json) {
    return Did(out_.RawValue(json.data(), json.size(), rapidjson::kObjectType));
  }

  template <class T>
  JsonWriter& Member(std::string_view name, const T& value) {
    return Key(name).Value(value);
  }
  /// null where the text is empty.
  JsonWriter& TextOrNull(std::string_view name, std::string_view text) {
    return text.empty() ? Key(name).Null() : Key(name).Value(text);
  }

  std::string Text() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  static rapidjson::SizeType Size(std::string_view text) {
    return static_cast<rapidjson::SizeType>(text.size());
  }
  JsonWriter& Did(bool) { return *this; }

  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> out_{buffer_};
};

}  // namespace bookgate::base
