#include <bookgate/schema.hpp>

#include <rapidjson/pointer.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace bookgate::json {
namespace {

std::string Quoted(std::string_view name) {
  return "\"" + std::string(name) + "\"";
}

std::string PointerText(const rapidjson::Pointer& pointer) {
  rapidjson::StringBuffer buffer;
  pointer.Stringify(buffer);
  return {buffer.GetString(), buffer.GetSize()};
}

/// What a keyword's value lists, in words: "a", "b", 3.
std::string Listed(Value values) {
  std::string listed;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!listed.empty()) listed += ", ";
    const std::optional<std::string_view> text = values[i].RawString();
    listed += text ? Quoted(*text) : values[i].Text().value_or("another value");
  }
  return listed;
}

std::string Missing(Value names, Value document) {
  std::string missing;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view name = names[i].RawString().value_or("");
    if (document[name].exists()) continue;
    if (!missing.empty()) missing += ", ";
    missing += Quoted(name);
  }
  return missing;
}

std::string TypeMessage(Value type) {
  if (type.is_array()) return "must be of one of the types " + Listed(type);
  return "must be of type " + std::string(type.RawString().value_or("another type"));
}

/// What a broken keyword asks for, where the keyword's own value says it best; else "".
std::string KeywordMessage(const std::string& keyword, Value wanted, Value document) {
  if (keyword == "required") return "lacks " + Missing(wanted, document);
  if (keyword == "additionalProperties") return "is not a member that is known here";
  if (keyword == "type") return TypeMessage(wanted);
  if (keyword == "enum") return "must be one of " + Listed(wanted);
  const std::string limit = wanted.Text().value_or("");
  if (keyword == "minimum") return "must be at least " + limit;
  if (keyword == "maximum") return "must be at most " + limit;
  if (keyword == "minLength") return "must have at least " + limit + " characters";
  if (keyword == "maxLength") return "must have at most " + limit + " characters";
  if (keyword == "minItems") return "must have at least " + limit + " elements";
  if (keyword == "maxItems") return "must have at most " + limit + " elements";
  if (keyword == "uniqueItems") return "has an element twice";
  return "";
}

/// `broken` is the part of the schema that the document does not meet.
std::string Message(const std::string& keyword, Value broken, Value document) {
  std::string by_keyword = KeywordMessage(keyword, broken[keyword], document);
  if (!by_keyword.empty()) return by_keyword;
  // What a pattern or a set of alternatives is after, its author has put into the description.
  const std::string failed = "does not meet the schema's " + Quoted(keyword);
  const std::optional<std::string> description = broken["description"].Text();
  return description ? failed + ": " + *description : failed;
}

}  // namespace

std::string SchemaProblem::ToString() const {
  return (pointer.empty() ? "the document" : pointer) + ": " + message;
}

struct Schema::Compiled {
  explicit Compiled(const rapidjson::Value& schema) : text(Copy(schema)), schema_text(text) {}

  /// By way of its text, so that it owns its strings: the document may be gone before this, and
  /// RapidJSON 1.1 copies no strings that it does not own.
  static rapidjson::Document Copy(const rapidjson::Value& schema) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    schema.Accept(writer);
    rapidjson::Document copy;
    copy.Parse(buffer.GetString(), buffer.GetSize());
    return copy;
  }

  rapidjson::Document text;
  rapidjson::SchemaDocument schema_text;
};

std::optional<Schema> Schema::Parse(std::string_view text) {
  const std::optional<Document> document = Document::Parse(text);
  if (!document || !document->root().is_object()) return std::nullopt;
  return Schema(document->root());
}

Schema::Schema(Value schema) : compiled_(std::make_unique<Compiled>(*schema.raw())) {}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

std::optional<SchemaProblem> Schema::Check(Value document) const {
  rapidjson::SchemaValidator validator(compiled_->schema_text);
  if (document.raw()->Accept(validator) || validator.IsValid()) return std::nullopt;
  SchemaProblem problem;
  problem.pointer = PointerText(validator.GetInvalidDocumentPointer());
  problem.keyword = validator.GetInvalidSchemaKeyword();
  const std::string in_schema = PointerText(validator.GetInvalidSchemaPointer());
  problem.message =
      Message(problem.keyword, Value(&compiled_->text).At(in_schema), document.At(problem.pointer));
  return problem;
}

}  // namespace bookgate::json
