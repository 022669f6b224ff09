/// \file checked_file.hpp
/// Files that the configuration names, and whether somebody else could have changed or read them.
#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace bookgate::config {

/// Who may do what with a file, besides its owner.
enum class FileKind : std::uint8_t {
  kPublic,  ///< Nobody may write; anybody may read.
  kSecret,  ///< Nobody may write; only its group may read.
};

/// An open regular file. Owns a descriptor; move-only.
///
/// The owner is not looked at: root runs commands on the files of the user that the service runs
/// as.
class CheckedFile {
 public:
  /// Fails if it is missing, not readable or no regular file.
  static base::Result<CheckedFile> Open(const std::string& path);

  CheckedFile(CheckedFile&& other) noexcept;
  CheckedFile& operator=(CheckedFile&& other) noexcept;
  ~CheckedFile();

  /// What its mode lets others do that it should not, each with the command that mends it.
  std::vector<std::string> Complaints(FileKind kind) const;

  /// All of it; fails if it is longer.
  base::Result<std::string> Read(std::size_t max_bytes) const;

 private:
  CheckedFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

  std::string path_;
  int descriptor_;
  mode_t mode_ = 0;
};

}  // namespace bookgate::config
