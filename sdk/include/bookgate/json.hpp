/// \file bookgate/json.hpp
/// Reads JSON as webhooks really send it: members that are missing, null, empty, or of another type
/// than last time. Nothing here throws on bad input, and nothing guesses: what is not there, or is
/// of a type that cannot be meant, is an absent Value or a nullopt.
#pragma once

#include <rapidjson/document.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace bookgate::json {

/// A place in a document, or no place at all. Copy it freely; it must not outlive its Document.
///
/// Asking an absent Value for a member or a text is allowed and gives absence again, so that
/// `root["payload"]["location"]["type"].Text()` needs no checks in between.
class Value {
 public:
  Value() = default;
  explicit Value(const rapidjson::Value* raw) : raw_(raw) {}

  /// There is such a member, even if it is null.
  bool exists() const { return raw_ != nullptr; }
  /// There is one and it is not null.
  bool has_value() const { return raw_ != nullptr && !raw_->IsNull(); }
  bool is_null() const { return raw_ != nullptr && raw_->IsNull(); }
  bool is_object() const { return raw_ != nullptr && raw_->IsObject(); }
  bool is_array() const { return raw_ != nullptr && raw_->IsArray(); }
  bool is_string() const { return raw_ != nullptr && raw_->IsString(); }
  bool is_number() const { return raw_ != nullptr && raw_->IsNumber(); }
  bool is_bool() const { return raw_ != nullptr && raw_->IsBool(); }

  /// The member of that name; absent if there is none or this is no object.
  Value operator[](std::string_view name) const;
  /// The element at that place; absent if there is none or this is no array.
  Value operator[](std::size_t index) const;
  /// The place that an RFC 6901 pointer such as "/payload/attendees/0/email" leads to.
  Value At(std::string_view pointer) const;

  /// Number of elements or members; 0 if this is neither array nor object.
  std::size_t size() const;
  /// Member number `index` of an object, in the body's order. Call with index < size() only.
  std::string_view NameAt(std::size_t index) const;
  Value ValueAt(std::size_t index) const;

  /// What was meant as text: a string without the white space around it, or the digits of a number.
  /// nullopt for "", null, absent, true, false, objects and lists.
  std::optional<std::string> Text() const;
  /// The characters of a string exactly as sent, "" included; nullopt for anything else.
  std::optional<std::string_view> RawString() const;
  /// A whole number, also where it came as text ("60") or as 60.0; nullopt for anything else and
  /// for what does not fit 64 bits.
  std::optional<std::int64_t> Integer() const;
  /// true or false, also where they came as text.
  std::optional<bool> Bool() const;

  /// The underlying value, or nullptr.
  const rapidjson::Value* raw() const { return raw_; }

 private:
  const rapidjson::Value* raw_ = nullptr;
};

/// A parsed body; owns what its Values point at. Move it only while no Value is in use.
class Document {
 public:
  /// nullopt if `text` is not one JSON text in valid UTF-8, or nests deeper than kMaxDepth. A byte
  /// order mark in front is passed over: some no-code tools send one.
  static std::optional<Document> Parse(std::string_view text);

  Value root() const { return Value(&document_); }

  static constexpr std::size_t kMaxDepth = 64;

 private:
  Document() = default;

  std::unique_ptr<char[]> text_;  ///< What the strings in document_ point into.
  rapidjson::Document document_;
};

}  // namespace bookgate::json
