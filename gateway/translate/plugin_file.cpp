#include "translate/plugin_file.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <system_error>

namespace bookgate::translate {
namespace {

namespace fs = std::filesystem;

std::string ErrnoText() {
  return std::generic_category().message(errno);
}

std::string Octal(mode_t mode) {
  char text[8];
  std::snprintf(text, sizeof(text), "%04o", static_cast<unsigned>(mode & 07777u));
  return text;
}

bool IsTrusted(uid_t owner) {
  return owner == 0 || owner == geteuid();
}

/// Somebody else may put another file in the place of one in this folder. A sticky folder such as
/// /tmp is safe: there, only the owner of a file may move it away, and owners are checked.
bool OthersMayReplaceIn(const struct stat& folder) {
  if ((folder.st_mode & S_ISVTX) != 0) return false;
  const bool foreign_group = folder.st_gid != 0 && folder.st_gid != getegid();
  return (folder.st_mode & S_IWOTH) != 0 || ((folder.st_mode & S_IWGRP) != 0 && foreign_group);
}

std::optional<FileProblem> FolderProblem(const fs::path& folder, const struct stat& status) {
  if (!IsTrusted(status.st_uid)) {
    return FileProblem{"folder_writable", folder.string() + " on the way to it belongs to user " +
                                              std::to_string(status.st_uid) +
                                              "; it must belong to root or to the gateway's user."};
  }
  if (!OthersMayReplaceIn(status)) return std::nullopt;
  return FileProblem{"folder_writable", "Others may write to the folder " + folder.string() +
                                            " (mode " + Octal(status.st_mode) +
                                            "); run: chmod go-w " + folder.string()};
}

/// Walks to the file one name at a time and follows links by hand, so that each folder that has a
/// say in where the path leads is looked at, not only those in its text.
std::optional<FileProblem> CheckWay(const fs::path& path) {
  constexpr int kMaxLinks = 40;  // As the kernel.
  std::deque<fs::path> names(path.begin(), path.end());
  fs::path at;
  for (int links = 0; !names.empty();) {
    const fs::path name = names.front();
    names.pop_front();
    if (name == "..") {
      at = at.parent_path();
      continue;
    }
    const fs::path next = at / name;
    struct stat status {};
    if (lstat(next.c_str(), &status) != 0) {
      return FileProblem{"file_missing", next.string() + ": " + ErrnoText() + "."};
    }
    if (S_ISLNK(status.st_mode)) {
      if (!IsTrusted(status.st_uid)) return FolderProblem(next, status);
      if (++links > kMaxLinks) return FileProblem{"file_missing", "Too many symbolic links."};
      const fs::path target = fs::read_symlink(next);
      names.insert(names.begin(), target.begin(), target.end());
      if (target.is_absolute()) at.clear();
      continue;
    }
    if (S_ISDIR(status.st_mode)) {
      if (std::optional<FileProblem> problem = FolderProblem(next, status)) return problem;
    }
    at = next;
  }
  return std::nullopt;
}

std::optional<FileProblem> CheckFile(const std::string& path, const struct stat& status) {
  if (!S_ISREG(status.st_mode)) return FileProblem{"not_a_file", path + " is not a regular file."};
  if (!IsTrusted(status.st_uid)) {
    return FileProblem{"file_owner", path + " belongs to user " + std::to_string(status.st_uid) +
                                         "; it must belong to root or to the gateway's user."};
  }
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return FileProblem{"file_writable", "Others may write to " + path + " (mode " +
                                            Octal(status.st_mode) + "); run: chmod go-w " + path};
  }
  return CheckWay(path);
}

/// nullopt if the file cannot be read to its end.
std::optional<std::string> Sha256(int descriptor) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::array<unsigned char, 65'536> block;
  for (off_t offset = 0;;) {
    const ssize_t size = pread(descriptor, block.data(), block.size(), offset);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return std::nullopt;
    if (size == 0) break;
    crypto_hash_sha256_update(&state, block.data(), static_cast<unsigned long long>(size));
    offset += size;
  }
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256_final(&state, hash.data());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex;
  return sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
}

FileProblem OpenProblem(const std::string& path) {
  const bool missing = errno == ENOENT || errno == ENOTDIR;
  return {missing ? "file_missing" : "file_unreadable", path + ": " + ErrnoText() + "."};
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

std::variant<PluginFile, FileProblem> OpenPluginFile(const std::string& path,
                                                     const std::string& pinned_sha256) {
  if (!path.starts_with('/')) {
    return FileProblem{"path_not_absolute", "The library's path \"" + path +
                                                "\" is not absolute; no folder is searched."};
  }
  // Not blocking: opening a named pipe would wait for its writer, for ever.
  Descriptor descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (descriptor.number() < 0) return OpenProblem(path);
  struct stat status {};
  if (fstat(descriptor.number(), &status) != 0) return OpenProblem(path);
  if (std::optional<FileProblem> problem = CheckFile(path, status)) return *problem;

  std::optional<std::string> sha256 = Sha256(descriptor.number());
  if (!sha256) return FileProblem{"file_unreadable", path + ": " + ErrnoText() + "."};
  if (!pinned_sha256.empty() && pinned_sha256 != *sha256) {
    return FileProblem{"sha256_mismatch", "The configuration pins SHA-256 " + pinned_sha256 +
                                              ", but " + path + " has " + *sha256 + "."};
  }
  return PluginFile{
      path, std::move(descriptor), {status.st_dev, status.st_ino}, *std::move(sha256)};
}

}  // namespace bookgate::translate
