/// \file case_folder.hpp
/// One case of a translator: a webhook as files, with the decision that must come of it. The format
/// is described in sdk/README.md.
///
/// A case of another operation than translate has operation.json in place of a body: {"operation":
/// "register_webhook", "parameters": {…}}. Its replies are those to the requests that it makes;
/// where one is missing, the case ends with what is asked for.
#pragma once

#include <bookgate/json.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/delivery.hpp"

namespace bookgate::plugin_cases {

struct Case {
  std::string name;
  std::string body;
  std::string content_type;
  std::string operation = "translate";
  std::string parameters = "{}";
  std::vector<model::Field> headers;
  std::vector<model::Field> query;
  std::int64_t received_at_ms = 0;
  std::string config_json = "{}";
  std::filesystem::path replies;    ///< The folder of replies to look-ups; need not exist.
  std::set<std::string> reply_ids;  ///< The look-ups that it answers.
  std::shared_ptr<const json::Document> expected;
};

/// A case, with what is wrong with its folder: files that are missing, or are not what they should
/// be. The case may be run only if `problems` is empty.
struct CaseFolder {
  Case content;
  std::vector<std::string> problems;
};

CaseFolder ReadCaseFolder(const std::filesystem::path& folder);

/// The folders in `cases`, ordered by name; none if there is no such folder.
std::vector<std::filesystem::path> ListCaseFolders(const std::filesystem::path& cases);

/// nullopt if the file cannot be read.
std::optional<std::string> ReadFile(const std::filesystem::path& file);

/// The value as JSON text, in one line.
std::string JsonText(json::Value value);

}  // namespace bookgate::plugin_cases
