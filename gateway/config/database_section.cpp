#include "config/database_url.hpp"
#include "config/sections.hpp"

namespace bookgate::config {
namespace {

/// Editors end files with a line break, which is no part of the password.
std::string WithoutLineBreak(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

void ReadPassword(TableReader& table, const NamedFiles& files, DatabaseSettings& into) {
  constexpr std::size_t kMaxBytes = 4096;
  constexpr std::string_view kKey = "password_file";
  std::string name;
  const std::optional<Place> place = table.ReadText(kKey, name);
  if (!place || name.empty()) return;
  into.password_file = files.Resolve(name);
  std::optional<std::string> content =
      files.ReadSecret(table, kKey, *place, into.password_file, kMaxBytes);
  if (!content) return;
  into.password = WithoutLineBreak(*std::move(content));
  if (into.password.find_first_of(std::string_view("\n\r\0", 3)) != std::string::npos) {
    table.Report(*place, kKey, "has more than one line; must hold the password alone");
  }
  if (into.password.empty()) {
    table.Report(*place, kKey,
                 into.password_file + " is empty; must hold the password, or leave " +
                     std::string(kKey) + " out for a user without one");
  }
}

}  // namespace

void ReadDatabase(TableReader table, const NamedFiles& files, DatabaseSettings& into) {
  DatabaseAddress address;
  table.Require("url", "mysql://bookgate@127.0.0.1:3306/bookgate");
  if (table.ReadParsed("url", ParseDatabaseUrl, address)) {
    into.hosts = std::move(address.hosts);
    into.user = std::move(address.user);
    into.database = std::move(address.database);
  }
  ReadPassword(table, files, into);
  table.ReadChoice<DatabaseTls>("tls",
                                {{"off", DatabaseTls::kOff},
                                 {"preferred", DatabaseTls::kPreferred},
                                 {"required", DatabaseTls::kRequired}},
                                into.tls);
  table.ReadInteger("writers", 1u, 64u, into.writers);
  table.ReadInteger("max_batch", std::size_t{1}, std::size_t{4096}, into.max_batch);
  table.ReadFlag("auto_migrate", into.auto_migrate);
  table.ReportUnknownKeys();
}

}  // namespace bookgate::config
