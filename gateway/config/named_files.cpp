#include "config/named_files.hpp"

#include <filesystem>

namespace bookgate::config {

std::string NamedFiles::Resolve(const std::string& name) const {
  return (std::filesystem::path(folder_) / name).lexically_normal().string();
}

std::optional<Place> NamedFiles::ReadName(TableReader& table, std::string_view key,
                                          std::string& into) const {
  std::string name;
  const std::optional<Place> place = table.ReadText(key, name);
  if (!place) return std::nullopt;
  if (name.empty() || name.find('\0') != std::string::npos) {
    table.Report(*place, key, "is no file name; must be one, such as \"/etc/bookgate/file\"");
    return std::nullopt;
  }
  into = Resolve(name);
  return place;
}

void NamedFiles::Check(TableReader& table, std::string_view key, Place place,
                       const std::string& file, FileKind kind) const {
  const base::Result<CheckedFile> opened = CheckedFile::Open(file);
  if (!opened) return table.Report(place, key, opened.failure().operator_text);
  for (std::string& complaint : opened->Complaints(kind)) {
    table.Report(place, key, std::move(complaint));
  }
}

std::optional<std::string> NamedFiles::ReadSecret(TableReader& table, std::string_view key,
                                                  Place place, const std::string& file,
                                                  std::size_t max_bytes) const {
  Check(table, key, place, file, FileKind::kSecret);
  const base::Result<CheckedFile> opened = CheckedFile::Open(file);
  if (!opened) return std::nullopt;
  base::Result<std::string> content = opened->Read(max_bytes);
  if (content) return std::move(content).value();
  table.Report(place, key, content.failure().operator_text);
  return std::nullopt;
}

}  // namespace bookgate::config
