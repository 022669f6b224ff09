#include "translate/manifest.hpp"

#include <bookgate/json.hpp>
#include <bookgate/schema.hpp>

#include <rapidjson/pointer.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "manifest_schema.hpp"
#include "translate/signature_reader.hpp"

namespace bookgate::translate {
namespace {

using json::Value;

std::string Text(Value value) {
  return std::string(value.RawString().value_or(""));
}

std::vector<std::string> Texts(Value list) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < list.size(); ++i) texts.push_back(Text(list[i]));
  return texts;
}

std::string JsonText(Value value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.raw()->Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

RecognitionTest::Type TypeOf(std::string_view name) {
  using Type = RecognitionTest::Type;
  if (name == "string") return Type::kString;
  if (name == "number") return Type::kNumber;
  if (name == "boolean") return Type::kBoolean;
  if (name == "array") return Type::kArray;
  return name == "null" ? Type::kNull : Type::kObject;
}

RecognitionTest ReadTest(Value source) {
  RecognitionTest test;
  const bool of_header = source["header"].exists();
  test.subject = of_header ? RecognitionTest::Subject::kHeader : RecognitionTest::Subject::kPointer;
  test.where = Text(source[of_header ? "header" : "pointer"]);
  if (source["equals"].exists()) {
    test.relation = RecognitionTest::Relation::kEquals;
    test.text = Text(source["equals"]);
  } else if (source["prefix"].exists()) {
    test.relation = RecognitionTest::Relation::kStartsWith;
    test.text = Text(source["prefix"]);
  } else if (source["type"].exists()) {
    test.relation = RecognitionTest::Relation::kHasType;
    test.type = TypeOf(Text(source["type"]));
  }
  return test;
}

RecognitionRules ReadRules(Value alternatives) {
  RecognitionRules rules;
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    const Value tests = alternatives[i]["all"];
    std::vector<RecognitionTest>& rule = rules.emplace_back();
    for (std::size_t k = 0; k < tests.size(); ++k) rule.push_back(ReadTest(tests[k]));
  }
  return rules;
}

Attach AttachOf(std::string_view name) {
  if (name == "basic") return Attach::kBasic;
  return name == "basic_or_bearer" ? Attach::kBasicOrBearer : Attach::kBearer;
}

void ReadLookups(Value source, Manifest& manifest) {
  manifest.lookup_hosts = Texts(source["hosts"]);
  manifest.lookup_name = source["name"].exists() ? Text(source["name"]) : manifest.name;
  manifest.lookup_credential = Text(source["credential"]);
  manifest.lookup_scopes = Texts(source["scopes"]);
  manifest.lookup_attach = AttachOf(Text(source["attach"]));
  const Value headers = source["headers"];
  for (std::size_t i = 0; i < headers.size(); ++i) {
    manifest.lookup_headers.push_back({std::string(headers.NameAt(i)), Text(headers.ValueAt(i))});
  }
  manifest.lookups_optional = source["optional"].Bool().value_or(false);
  manifest.lookup_searches = Texts(source["searches"]);
  manifest.lookup_rounds = static_cast<unsigned>(source["max_rounds"].Integer().value_or(2));
}

Manifest Read(Value root) {
  Manifest manifest;
  manifest.provider = Text(root["provider"]);
  manifest.name = Text(root["name"]);
  manifest.version = Text(root["version"]);
  manifest.license = Text(root["license"]);
  manifest.contact = Text(root["contact"]);
  manifest.operations = Texts(root["operations"]);
  manifest.on_reject = Text(root["on_reject"]) == "refuse" ? OnReject::kRefuse : OnReject::kHold;
  manifest.recognise = ReadRules(root["recognise"]);
  manifest.signature = ReadSignature(root["signature"]);
  manifest.headers = Texts(root["headers"]);
  manifest.query = Texts(root["query"]);
  manifest.config_schema = JsonText(root["config"]);
  ReadLookups(root["lookups"], manifest);
  return manifest;
}

/// A reference may lead in a circle, which would keep the schema's compiler busy until the stack
/// ends; no config schema is large enough to need one.
bool HasReference(Value schema) {
  for (std::size_t i = 0; i < schema.size(); ++i) {
    if (schema.is_object() && schema.NameAt(i) == "$ref") return true;
    if (HasReference(schema.is_object() ? schema.ValueAt(i) : schema[i])) return true;
  }
  return false;
}

/// The place of the first recognition test whose pointer is none; "" if all are good.
std::string BadPointer(const RecognitionRules& rules) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    for (std::size_t k = 0; k < rules[i].size(); ++k) {
      const RecognitionTest& test = rules[i][k];
      if (test.subject == RecognitionTest::Subject::kPointer &&
          !rapidjson::Pointer(test.where).IsValid()) {
        return "/recognise/" + std::to_string(i) + "/all/" + std::to_string(k) + "/pointer";
      }
    }
  }
  return {};
}

/// The name of the first look-up header that is none, or that is the gateway's to set; nullopt if
/// all are good.
std::optional<std::string> BadLookupHeader(const std::vector<model::Field>& headers) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
  constexpr std::array<std::string_view, 10> kOurs = {
      "authorization", "proxy-authorization", "cookie",     "host",   "content-length",
      "content-type",  "transfer-encoding",   "connection", "expect", "upgrade"};
  for (const model::Field& header : headers) {
    const bool is_name = !header.name.empty() && header.name.size() <= 64 &&
                         header.name.find_first_not_of(kAllowed) == std::string::npos;
    if (!is_name || std::find(kOurs.begin(), kOurs.end(), header.name) != kOurs.end()) {
      return header.name;
    }
  }
  return std::nullopt;
}

/// What no schema of draft 4 can say; "" if all is well.
std::string SemanticProblem(const Manifest& manifest, Value config_schema) {
  if (!manifest.Offers("translate")) return "/operations: lacks \"translate\"";
  if (const std::string place = BadPointer(manifest.recognise); !place.empty()) {
    return place + ": is not an RFC 6901 JSON pointer";
  }
  if (const std::optional<std::string> name = BadLookupHeader(manifest.lookup_headers)) {
    return "/lookups/headers/" + *name + ": must be a header's name in lower case, and none of " +
           "those that the gateway sets itself";
  }
  if (HasReference(config_schema)) return "/config: must be self-contained, without $ref";
  const std::string problem = SchemeProblem(manifest.signature);
  return problem.empty() ? problem : "/signature" + problem;
}

ManifestProblem Invalid(std::string what) {
  if (!what.ends_with('.')) what += '.';
  return {"manifest_invalid", "The manifest is not valid: " + what};
}

}  // namespace

bool Manifest::Offers(std::string_view operation) const {
  return std::find(operations.begin(), operations.end(), operation) != operations.end();
}

ManifestResult ReadManifest(std::string_view text) {
  if (text.size() > kMaxManifestBytes) {
    return ManifestProblem{"manifest_too_large",
                           "The manifest has " + std::to_string(text.size()) + " bytes; at most " +
                               std::to_string(kMaxManifestBytes) + " are allowed."};
  }
  const std::optional<json::Document> document = json::Document::Parse(text);
  if (!document) {
    return ManifestProblem{"manifest_not_json",
                           "The manifest is not JSON in UTF-8, or nests deeper than " +
                               std::to_string(json::Document::kMaxDepth) + " levels."};
  }
  const std::optional<json::Schema> schema = json::Schema::Parse(kManifestSchema);
  if (const auto problem = schema->Check(document->root())) return Invalid(problem->ToString());
  Manifest manifest = Read(document->root());
  const std::string problem = SemanticProblem(manifest, document->root()["config"]);
  if (!problem.empty()) return Invalid(problem);
  return manifest;
}

}  // namespace bookgate::translate
