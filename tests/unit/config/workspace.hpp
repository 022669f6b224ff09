/// \file workspace.hpp
/// A folder of a test's own, with the files that a configuration may name.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/load.hpp"

namespace bookgate::config {

class Workspace {
 public:
  Workspace() {
    std::string pattern = (std::filesystem::temp_directory_path() / "bookgate-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = pattern;
    Write("master.key", std::string(32, 'k'), 0600);
    Write("password", "open sesame\n", 0600);
  }
  ~Workspace() { std::filesystem::remove_all(folder_); }
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }

  /// Gives the absolute name.
  std::string Write(const std::string& name, std::string_view content, mode_t mode = 0644) const {
    std::string path = Path(name);
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << content;
    if (chmod(path.c_str(), mode) != 0) throw std::runtime_error("chmod failed");
    return path;
  }

  LoadResult Parse(const std::string& text) const { return config::Parse(text, Path("b.toml")); }

  /// "LINE:COLUMN: KEY: MESSAGE" of each problem.
  std::vector<std::string> ProblemsOf(const std::string& text) const {
    return Texts(Parse(text), Path("b.toml"));
  }

  static std::vector<std::string> Texts(const LoadResult& result, const std::string& file) {
    std::vector<std::string> texts;
    const auto* problems = std::get_if<std::vector<ConfigProblem>>(&result);
    if (problems == nullptr) return texts;
    for (const ConfigProblem& problem : *problems) {
      const std::string text = problem.ToString();
      if (!text.starts_with(file + ":")) throw std::runtime_error("not in that file: " + text);
      texts.push_back(text.substr(file.size() + 1));
    }
    return texts;
  }

 private:
  std::string folder_;
};

/// What must be set, in two lines, without a table: more lines may follow.
inline const std::string kRequired =
    "database.url = \"mysql://b@h/d\"\n"
    "security.master_key_file = \"master.key\"\n";

}  // namespace bookgate::config
