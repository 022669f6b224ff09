#include <bookgate/json.hpp>
#include <bookgate/text.hpp>

#include <rapidjson/pointer.h>
#include <rapidjson/reader.h>

#include <charconv>
#include <cmath>
#include <cstring>

namespace bookgate::json {
namespace {

rapidjson::SizeType Size(std::size_t size) {
  return static_cast<rapidjson::SizeType>(size);
}

/// Passes events on to a document and stops the parse where the nesting gets too deep, so that a
/// body of brackets costs neither stack nor memory.
class DepthLimit {
 public:
  explicit DepthLimit(rapidjson::Document& document) : document_(document) {}

  bool Null() { return document_.Null(); }
  bool Bool(bool value) { return document_.Bool(value); }
  bool Int(int value) { return document_.Int(value); }
  bool Uint(unsigned value) { return document_.Uint(value); }
  bool Int64(std::int64_t value) { return document_.Int64(value); }
  bool Uint64(std::uint64_t value) { return document_.Uint64(value); }
  bool Double(double value) { return document_.Double(value); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool copy) {
    return document_.RawNumber(text, size, copy);
  }
  bool String(const char* text, rapidjson::SizeType size, bool copy) {
    return document_.String(text, size, copy);
  }
  bool StartObject() { return Descend() && document_.StartObject(); }
  bool Key(const char* text, rapidjson::SizeType size, bool copy) {
    return document_.Key(text, size, copy);
  }
  bool EndObject(rapidjson::SizeType count) {
    --depth_;
    return document_.EndObject(count);
  }
  bool StartArray() { return Descend() && document_.StartArray(); }
  bool EndArray(rapidjson::SizeType count) {
    --depth_;
    return document_.EndArray(count);
  }

 private:
  bool Descend() { return ++depth_ <= Document::kMaxDepth; }

  rapidjson::Document& document_;
  std::size_t depth_ = 0;
};

std::optional<std::int64_t> WholeNumber(double number) {
  constexpr double kLimit = 9007199254740992.0;  // 2^53: below it a double is exact.
  if (!(std::abs(number) <= kLimit) || std::trunc(number) != number) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::optional<std::int64_t> WholeNumber(std::string_view text) {
  text = Trim(text);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || text.empty()) return std::nullopt;
  std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  // "60.0" is meant as 60; "60.5" and "60 min" are not whole numbers.
  if (!rest.empty() && (rest.front() != '.' || rest.size() < 2 ||
                        rest.find_first_not_of('0', 1) != std::string_view::npos)) {
    return std::nullopt;
  }
  return number;
}

std::string NumberText(const rapidjson::Value& value) {
  if (value.IsInt64()) return std::to_string(value.GetInt64());
  if (value.IsUint64()) return std::to_string(value.GetUint64());
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof(buffer), value.GetDouble());
  return error == std::errc() ? std::string(buffer, end) : std::string();
}

}  // namespace

Value Value::operator[](std::string_view name) const {
  if (!is_object()) return {};
  const auto found =
      raw_->FindMember(rapidjson::Value(rapidjson::StringRef(name.data(), Size(name.size()))));
  return found == raw_->MemberEnd() ? Value() : Value(&found->value);
}

Value Value::operator[](std::size_t index) const {
  if (!is_array() || index >= raw_->Size()) return {};
  return Value(&(*raw_)[Size(index)]);
}

Value Value::At(std::string_view pointer) const {
  if (raw_ == nullptr) return {};
  const rapidjson::Pointer parsed(pointer.data(), pointer.size());
  return parsed.IsValid() ? Value(parsed.Get(*raw_)) : Value();
}

std::size_t Value::size() const {
  if (is_array()) return raw_->Size();
  return is_object() ? raw_->MemberCount() : 0;
}

std::string_view Value::NameAt(std::size_t index) const {
  const auto& name = (raw_->MemberBegin() + static_cast<std::ptrdiff_t>(index))->name;
  return {name.GetString(), name.GetStringLength()};
}

Value Value::ValueAt(std::size_t index) const {
  return Value(&(raw_->MemberBegin() + static_cast<std::ptrdiff_t>(index))->value);
}

std::optional<std::string> Value::Text() const {
  if (is_string()) return NonEmpty({raw_->GetString(), raw_->GetStringLength()});
  return is_number() ? NonEmpty(NumberText(*raw_)) : std::nullopt;
}

std::optional<std::string_view> Value::RawString() const {
  if (!is_string()) return std::nullopt;
  return std::string_view(raw_->GetString(), raw_->GetStringLength());
}

std::optional<std::int64_t> Value::Integer() const {
  if (raw_ == nullptr) return std::nullopt;
  if (raw_->IsInt64()) return raw_->GetInt64();
  if (raw_->IsDouble()) return WholeNumber(raw_->GetDouble());
  return is_string() ? WholeNumber(std::string_view(raw_->GetString(), raw_->GetStringLength()))
                     : std::nullopt;
}

std::optional<bool> Value::Bool() const {
  if (is_bool()) return raw_->GetBool();
  const std::optional<std::string> text = is_string() ? Text() : std::nullopt;
  if (!text) return std::nullopt;
  if (EqualsIgnoringAsciiCase(*text, "true")) return true;
  if (EqualsIgnoringAsciiCase(*text, "false")) return false;
  return std::nullopt;
}

std::optional<Document> Document::Parse(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());

  // Asked once for the whole text, which is far cheaper than RapidJSON's asking at each character.
  if (!IsUtf8(text)) return std::nullopt;

  // Strings are unescaped where they stand, in a copy of the text that the document keeps: half the
  // time of copying each into the document. RapidJSON reads whole blocks of 16 bytes, hence the
  // rest.
  constexpr std::size_t kBlock = 16;
  constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag |
                              rapidjson::kParseFullPrecisionFlag;
  Document parsed;
  parsed.text_ = std::make_unique_for_overwrite<char[]>(text.size() + kBlock);
  text.copy(parsed.text_.get(), text.size());
  std::memset(parsed.text_.get() + text.size(), 0, kBlock);
  rapidjson::InsituStringStream input(parsed.text_.get());
  rapidjson::Reader reader;
  bool complete = false;
  const auto generate = [&](rapidjson::Document& document) {
    DepthLimit limited(document);
    // RapidJSON takes a NUL for the end of the text; what stands behind it must not be passed over.
    complete = !reader.Parse<kFlags>(input, limited).IsError() && input.Tell() == text.size();
    return complete;
  };
  parsed.document_.Populate(generate);
  if (!complete) return std::nullopt;
  return parsed;
}

}  // namespace bookgate::json
