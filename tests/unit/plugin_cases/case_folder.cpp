#include "unit/plugin_cases/case_folder.hpp"

#include <bookgate/time.hpp>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

namespace bookgate::plugin_cases {
namespace {

namespace fs = std::filesystem;
using json::Value;

constexpr std::int64_t kDefaultReceivedAtMs = 1'767'322'800'000;  // 2026-01-02T03:00:00Z

/// Fills a Case from its folder and notes what is wrong on the way.
class FolderReader {
 public:
  explicit FolderReader(fs::path folder) : folder_(std::move(folder)) {}

  CaseFolder Read() {
    read_.content.name = folder_.filename().string();
    read_.content.received_at_ms = kDefaultReceivedAtMs;
    CheckNames();
    ReadOperation();
    ReadBody();
    ReadRequest();
    if (const auto config = ReadJson("config.json", false)) {
      read_.content.config_json = JsonText(config->root());
    }
    ReadReplies();
    if (std::optional<json::Document> expected = ReadJson("expected.json", true)) {
      read_.content.expected = std::make_shared<const json::Document>(*std::move(expected));
    }
    return std::move(read_);
  }

 private:
  void Problem(std::string text) { read_.problems.push_back(std::move(text)); }

  /// A misspelt file would be passed over without a word otherwise.
  void CheckNames() {
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
    if (read_.content.name.find_first_not_of(kAllowed) != std::string::npos) {
      Problem("the folder's name must be of a-z, 0-9 and -");
    }
    constexpr std::string_view kKnown[] = {"body.json",    "body.txt",    "operation.json",
                                           "request.json", "config.json", "replies",
                                           "expected.json"};
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
      const std::string name = entry.path().filename().string();
      if (std::find(std::begin(kKnown), std::end(kKnown), name) == std::end(kKnown)) {
        Problem(name + ": there is no such file in the format of cases");
      }
    }
  }

  void ReadOperation() {
    const std::optional<json::Document> document = ReadJson("operation.json", false);
    if (!document) return;
    const Value root = document->root();
    CheckMembers(root, "operation.json", {"operation", "parameters"});
    read_.content.operation = root["operation"].RawString().value_or("");
    if (read_.content.operation.empty() || read_.content.operation == "translate") {
      Problem("operation.json: /operation must name another one than translate");
    }
    if (root["parameters"].exists()) read_.content.parameters = JsonText(root["parameters"]);
  }

  void ReadBody() {
    std::optional<std::string> of_json = ReadFile(folder_ / "body.json");
    std::optional<std::string> of_text = ReadFile(folder_ / "body.txt");
    if (ReadFile(folder_ / "operation.json")) {
      if (of_json || of_text) Problem("operation.json is there, so there must be no body");
      return;
    }
    if (of_json.has_value() == of_text.has_value()) {
      Problem(of_json ? "both body.json and body.txt are there; there must be one of them"
                      : "body.json or body.txt is missing");
      return;
    }
    read_.content.content_type = of_json ? "application/json" : "application/x-www-form-urlencoded";
    read_.content.body = of_json ? *std::move(of_json) : *std::move(of_text);
  }

  std::optional<json::Document> ReadJson(const fs::path& file, bool required) {
    const std::optional<std::string> text = ReadFile(folder_ / file);
    if (!text) {
      if (required) Problem(file.string() + " is missing");
      return std::nullopt;
    }
    std::optional<json::Document> document = json::Document::Parse(*text);
    if (document && document->root().is_object()) return document;
    Problem(file.string() + " is not a JSON object");
    return std::nullopt;
  }

  void CheckMembers(Value object, const std::string& file,
                    const std::vector<std::string_view>& known) {
    for (std::size_t i = 0; i < object.size(); ++i) {
      if (std::find(known.begin(), known.end(), object.NameAt(i)) == known.end()) {
        Problem(file + ": /" + std::string(object.NameAt(i)) + " is not known");
      }
    }
  }

  void ReadRequest() {
    const std::optional<json::Document> document = ReadJson("request.json", false);
    if (!document) return;
    const Value root = document->root();
    CheckMembers(root, "request.json", {"content_type", "headers", "query", "received_at"});
    if (const auto type = root["content_type"].RawString()) read_.content.content_type = *type;
    read_.content.headers = ReadFields(root["headers"]);
    read_.content.query = ReadFields(root["query"]);
    if (!root["received_at"].exists()) return;
    const auto received = ParseTimestamp(root["received_at"].RawString().value_or(""));
    if (received && received->has_offset) {
      read_.content.received_at_ms = received->microseconds / 1000;
    } else {
      Problem("request.json: /received_at must be RFC 3339 with an offset");
    }
  }

  std::vector<model::Field> ReadFields(Value object) {
    std::vector<model::Field> fields;
    for (std::size_t i = 0; i < object.size(); ++i) {
      const std::optional<std::string_view> value = object.ValueAt(i).RawString();
      if (!value) Problem("request.json: values of headers and query must be texts");
      fields.push_back({std::string(object.NameAt(i)), std::string(value.value_or(""))});
    }
    return fields;
  }

  void ReadReplies() {
    read_.content.replies = folder_ / "replies";
    if (!fs::is_directory(read_.content.replies)) return;
    for (const fs::directory_entry& entry : fs::directory_iterator(read_.content.replies)) {
      const std::string file = "replies/" + entry.path().filename().string();
      const std::optional<json::Document> document = ReadJson(file, true);
      if (document) CheckReply(file, document->root());
      read_.content.reply_ids.insert(entry.path().stem().string());
    }
  }

  void CheckReply(const std::string& file, Value root) {
    CheckMembers(root, file, {"outcome", "status", "content_type", "body"});
    const std::string_view outcome = root["outcome"].RawString().value_or("");
    if (outcome != "answered" && outcome != "failed" && outcome != "denied") {
      Problem(file + ": /outcome must be answered, failed or denied");
    }
  }

  const fs::path folder_;
  CaseFolder read_;
};

}  // namespace

CaseFolder ReadCaseFolder(const fs::path& folder) {
  return FolderReader(folder).Read();
}

std::vector<fs::path> ListCaseFolders(const fs::path& cases) {
  std::vector<fs::path> folders;
  if (!fs::is_directory(cases)) return folders;
  for (const fs::directory_entry& entry : fs::directory_iterator(cases)) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::optional<std::string> ReadFile(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

std::string JsonText(Value value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.raw()->Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace bookgate::plugin_cases
