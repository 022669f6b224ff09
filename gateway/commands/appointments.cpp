#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "base/json_writer.hpp"
#include "commands/database.hpp"
#include "commands/table.hpp"
#include "store/appointment_queries.hpp"

namespace bookgate::commands {
namespace {

void PrintJson(const std::vector<store::AppointmentLine>& lines, std::ostream& out) {
  base::JsonWriter json;
  json.Array();
  for (const store::AppointmentLine& line : lines) {
    json.Object().Member("appointment_id", line.appointment_id);
    json.Member("contact_id", line.contact_id).Member("source", line.source);
    json.Member("external_id", line.external_id).Member("status", line.status);
    json.TextOrNull("customer_name", line.customer_name);
    json.TextOrNull("customer_email", line.customer_email);
    json.TextOrNull("customer_phone", line.customer_phone);
    json.TextOrNull("appointment_type", line.appointment_type);
    json.TextOrNull("start_time", TimeText(line.start_time));
    json.Member("duration_minutes", line.duration_minutes);
    json.TextOrNull("host_name", line.host_name).TextOrNull("location", line.location);
    json.TextOrNull("received_at", TimeText(line.received_at)).EndObject();
  }
  out << json.EndArray().Text() << '\n';
}

std::string CustomerOf(const store::AppointmentLine& line) {
  const std::string& reach =
      line.customer_email.empty() ? line.customer_phone : line.customer_email;
  return line.customer_name.empty() ? reach : line.customer_name + " <" + reach + ">";
}

void PrintTable(const std::vector<store::AppointmentLine>& lines, std::ostream& out) {
  if (lines.empty()) {
    out << "No appointments yet.\n";
    return;
  }
  Table table({"ID", "SOURCE", "CUSTOMER", "TYPE", "START", "STATUS", "RECEIVED"});
  for (const store::AppointmentLine& line : lines) {
    table.Add({std::to_string(line.appointment_id), line.source, CustomerOf(line),
               line.appointment_type, TimeText(line.start_time), line.status,
               TimeText(line.received_at)});
  }
  table.Print(out);
}

int ListAppointments(const Session& session, const std::string& public_id, std::int64_t limit) {
  return WithDatabase(session, [&](const config::Settings&, store::Pool& pool) {
    const base::Result<model::Org> org = RequireOrg(pool, public_id);
    if (!org.ok()) return session.Fail(org.failure());
    const auto lines = pool.Run([&](store::Connection& connection) {
      return store::LatestAppointments(connection, org->id, limit);
    });
    if (!lines.ok()) return session.Fail(lines.failure());
    if (session.json) {
      PrintJson(*lines, session.streams.out);
    } else {
      PrintTable(*lines, session.streams.out);
    }
    return static_cast<int>(kDone);
  });
}

}  // namespace

void AddAppointments(CLI::App& app, Session& session) {
  CLI::App* command =
      AddCommand(app, session, "appointments", "List an org's appointments, newest received first");
  struct Options {
    std::string org;
    std::int64_t limit = 20;
  };
  const auto options = std::make_shared<Options>();
  command->add_option("org", options->org, "The org's public id")->required();
  command->add_option("--limit", options->limit, "How many")->check(CLI::Range(1, 100'000));
  command->callback([&session, options] {
    session.run = [&session, options] {
      return ListAppointments(session, options->org, options->limit);
    };
  });
}

}  // namespace bookgate::commands
