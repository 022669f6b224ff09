/// \file temporary_folder.hpp
/// A folder of a test's own.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

namespace bookgate::tests {

/// For its owner alone; removed, with everything in it, by the destructor. Its name is short enough
/// for Unix sockets in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string Path(std::string_view name) const;
  /// Gives the absolute name of the file.
  std::string Write(std::string_view name, std::string_view content, mode_t mode = 0600) const;

 private:
  std::string path_;
};

/// Throws std::runtime_error if it cannot be read.
std::string ReadFile(const std::string& path);

}  // namespace bookgate::tests
