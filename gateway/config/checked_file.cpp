#include "config/checked_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "config/table_reader.hpp"

namespace bookgate::config {
namespace {

std::string Octal(mode_t mode) {
  char text[8];
  std::snprintf(text, sizeof(text), "%04o", static_cast<unsigned>(mode & 07777u));
  return text;
}

base::Failure CannotRead(const std::string& path) {
  return Wrong(path + " cannot be read: " + std::generic_category().message(errno) +
               "; must be a file that the gateway's user may read");
}

}  // namespace

base::Result<CheckedFile> CheckedFile::Open(const std::string& path) {
  // Not blocking: opening a named pipe would wait for its writer, for ever.
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return CannotRead(path);
  CheckedFile file(path, descriptor);
  struct stat status {};
  if (fstat(descriptor, &status) != 0) return CannotRead(path);
  if (!S_ISREG(status.st_mode)) return Wrong(path + " is no file; must be a regular file");
  file.mode_ = status.st_mode;
  return file;
}

CheckedFile::CheckedFile(CheckedFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      mode_(other.mode_) {}

CheckedFile& CheckedFile::operator=(CheckedFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(mode_, other.mode_);
  return *this;
}

CheckedFile::~CheckedFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

std::vector<std::string> CheckedFile::Complaints(FileKind kind) const {
  std::vector<std::string> complaints;
  const std::string mode = " (mode " + Octal(mode_) + "); run: chmod ";
  if ((mode_ & (S_IWGRP | S_IWOTH)) != 0) {
    complaints.push_back("others may write to " + path_ + mode + "go-w " + path_);
  }
  if (kind == FileKind::kSecret && (mode_ & S_IROTH) != 0) {
    complaints.push_back("others may read " + path_ + mode + "o-r " + path_);
  }
  return complaints;
}

base::Result<std::string> CheckedFile::Read(std::size_t max_bytes) const {
  std::string content(max_bytes + 1, '\0');
  std::size_t size = 0;
  while (size < content.size()) {
    const ssize_t got =
        pread(descriptor_, content.data() + size, content.size() - size, static_cast<off_t>(size));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return CannotRead(path_);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > max_bytes) {
    return Wrong(path_ + " is too long; must be at most " + std::to_string(max_bytes) + " bytes");
  }
  content.resize(size);
  return content;
}

}  // namespace bookgate::config
