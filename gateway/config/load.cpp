#include "config/load.hpp"

#include <filesystem>

#include "config/checked_file.hpp"
#include "config/document.hpp"
#include "config/sections.hpp"

namespace bookgate::config {
namespace {

constexpr std::size_t kMaxFileBytes = 1 << 20;

void ReadSettings(TableReader root, const NamedFiles& files, Settings& into) {
  ReadServer(root.Section("server"), files, into.server);
  ReadDatabase(root.Section("database"), files, into.database);
  ReadSecurity(root.Section("security"), files, into.security);
  ReadSpool(root.Section("spool"), files, into.spool);
  ReadDeliveries(root.Section("deliveries"), into.deliveries);
  ReadLookups(root.Section("lookups"), into.lookups);
  ReadLimits(root.Section("limits"), into.limits);
  ReadLog(root.Section("log"), into.log);
  ReadPlugins(root.Section("plugins"), files, into.plugins);
  root.ReportUnknownKeys();
}

LoadResult ParseInto(Problems problems, const std::string& text, const std::string& file) {
  Settings settings;
  settings.file = file;
  const NamedFiles files(std::filesystem::absolute(file).parent_path().string());
  if (const std::optional<Table> root = ParseToml(text, problems)) {
    ReadSettings(TableReader(*root, problems), files, settings);
  }
  if (problems.empty()) return settings;
  return std::move(problems).InOrder();
}

}  // namespace

LoadResult Load(const std::string& file) {
  Problems problems(file);
  const base::Result<CheckedFile> opened = CheckedFile::Open(file);
  const base::Result<std::string> text =
      opened ? opened->Read(kMaxFileBytes) : base::Result<std::string>(opened.failure());
  if (!text) {
    problems.Add({}, "", "configuration: " + text.failure().operator_text);
    return std::move(problems).InOrder();
  }
  for (const std::string& complaint : opened->Complaints(FileKind::kPublic)) {
    problems.Add({}, "", "configuration: " + complaint);
  }
  return ParseInto(std::move(problems), *text, file);
}

LoadResult Parse(const std::string& text, const std::string& file) {
  return ParseInto(Problems(file), text, file);
}

}  // namespace bookgate::config
