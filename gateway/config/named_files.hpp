/// \file named_files.hpp
/// Settings whose value is the name of a file.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "config/checked_file.hpp"
#include "config/table_reader.hpp"

namespace bookgate::config {

/// Names that are not absolute are meant from the folder that the configuration file is in, never
/// from the one that the program happens to be started in.
class NamedFiles {
 public:
  explicit NamedFiles(std::string folder) : folder_(std::move(folder)) {}

  /// The absolute name.
  std::string Resolve(const std::string& name) const;

  /// As the Read functions of TableReader: `into` becomes the absolute name. Says nothing of
  /// whether there is such a file.
  std::optional<Place> ReadName(TableReader& table, std::string_view key, std::string& into) const;

  /// Notes as problems of `key` what is wrong with the file, whether or not it can be read.
  void Check(TableReader& table, std::string_view key, Place place, const std::string& file,
             FileKind kind) const;

  /// Checks a secret file and gives its content; nullopt if it cannot be read, which is a problem
  /// then.
  std::optional<std::string> ReadSecret(TableReader& table, std::string_view key, Place place,
                                        const std::string& file, std::size_t max_bytes) const;

 private:
  std::string folder_;
};

}  // namespace bookgate::config
