#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "base/json_writer.hpp"
#include "commands/session.hpp"
#include "store/connection.hpp"
#include "store/migrations.hpp"

namespace bookgate::commands {
namespace {

void Report(const Session& session, const std::vector<std::string>& names, bool dry_run) {
  if (session.json) {
    base::JsonWriter json;
    json.Object().Key(dry_run ? "pending" : "applied").Array();
    for (const std::string& name : names) json.Value(name);
    session.streams.out << json.EndArray().EndObject().Text() << '\n';
    return;
  }
  for (const std::string& name : names) {
    session.streams.out << (dry_run ? "would apply " : "applied ") << name << '\n';
  }
  if (names.empty()) session.streams.out << "the schema is up to date\n";
}

int RunMigrate(const Session& session, bool dry_run) {
  const std::optional<config::Settings> settings = session.LoadSettings();
  if (!settings) return kWrongUsage;
  base::Result<std::unique_ptr<store::Connection>> connection =
      store::Connection::Open(settings->database, store::Patience::kMigration);
  if (!connection.ok()) return session.Fail(connection.failure());
  const base::Result<store::MigrationReport> report = store::Migrate(**connection, dry_run);
  if (!report.ok()) return session.Fail(report.failure());
  Report(session, report->applied, dry_run);
  return kDone;
}

}  // namespace

void AddMigrate(CLI::App& app, Session& session) {
  CLI::App* command = AddCommand(app, session, "migrate", "Bring the database's schema up to date");
  const auto dry_run = std::make_shared<bool>(false);
  command->add_flag("--dry-run", *dry_run, "Only say what would be applied");
  command->callback([&session, dry_run] {
    session.run = [&session, dry_run] { return RunMigrate(session, *dry_run); };
  });
}

}  // namespace bookgate::commands
