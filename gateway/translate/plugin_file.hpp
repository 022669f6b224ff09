/// \file plugin_file.hpp
/// A library's file, opened once: what was checked and hashed is then what is loaded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace bookgate::translate {

/// Owns a file descriptor. Move-only.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();

  int number() const { return number_; }

 private:
  int number_;
};

/// Tells one file from another for as long as one of them is open.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;

  friend auto operator<=>(const FileIdentity&, const FileIdentity&) = default;
};

struct PluginFile {
  std::string path;
  Descriptor descriptor;
  FileIdentity identity;
  std::string sha256;  ///< Of its bytes, lower-case hex.
};

/// Why a file may not be loaded.
struct FileProblem {
  std::string code;
  std::string message;
};

/// Opens the library and checks, in this order: "path_not_absolute", "file_missing",
/// "file_unreadable", "not_a_file", "file_owner", "file_writable", "folder_writable" (the file or a
/// folder on the way to it could be changed by somebody other than root and the user that this
/// process runs as), "sha256_mismatch" unless `pinned_sha256` is empty.
std::variant<PluginFile, FileProblem> OpenPluginFile(const std::string& path,
                                                     const std::string& pinned_sha256);

}  // namespace bookgate::translate
