/// \file load.hpp
/// Reads bookgate.toml.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "config/settings.hpp"

namespace bookgate::config {

/// One thing wrong with the file.
struct ConfigProblem {
  std::string file;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::string key;      ///< Dotted, such as "server.listen"; "" for the file as a whole.
  std::string message;  ///< What is wrong, and what would be right.

  /// "FILE:LINE:COLUMN: KEY: MESSAGE"
  std::string ToString() const;
};

using LoadResult = std::variant<Settings, std::vector<ConfigProblem>>;

/// Reads and checks the file and the files that it names: password, master key, certificate, the
/// libraries of enabled plugins. None of them may be writable by others, and those that hold a
/// secret not readable by others. File names that are not absolute are meant from the folder that
/// `file` is in. Reports every problem at once, in the file's order; only an error of TOML's syntax
/// other than a doubled key hides what else is wrong. No problem quotes a value: it may be a
/// secret.
LoadResult Load(const std::string& file);

/// As Load, of text instead of a file; `file` is what problems are said to be in.
LoadResult Parse(const std::string& text, const std::string& file);

}  // namespace bookgate::config
