// How fast the database takes the rows of bookings when nothing else is to be done: the gateway's
// tables and kind of statements, with as many bookings in a transaction as asked for. Prints JSON.

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "booking_bodies.hpp"
#include "config/load.hpp"
#include "store/connection.hpp"
#include "store/statement_builder.hpp"

namespace bookgate::bench {
namespace {

struct RowsOptions {
  std::string config;
  std::int64_t org = 1;
  unsigned connections = 1;
  std::uint64_t bookings = 25'600;
  std::uint64_t batch = 128;
};

/// Bookings [first, end) of one transaction, with the ids of their rows.
struct RowBatch {
  std::int64_t org = 0;
  std::uint64_t first = 0;
  std::uint64_t end = 0;
  std::unordered_map<std::string, std::int64_t> contacts;      ///< By email.
  std::unordered_map<std::string, std::int64_t> appointments;  ///< By external id.
};

void WriteContacts(store::Connection& connection, RowBatch& batch, const base::Uuid& delivery) {
  const base::Instant now = base::SystemNow();
  store::StatementBuilder insert(
      "INSERT INTO contacts (OrgID, ContactKey, Email, Name, NameKey, Phone, PhoneKey, IsCustomer, "
      "CreatedBy, CreatedAt) VALUES ");
  store::StatementBuilder select("SELECT Email, ContactID FROM contacts WHERE OrgID = ");
  select.Sql(std::to_string(batch.org).c_str()).Sql(" AND ContactKey IN ").OpenRow();
  for (std::uint64_t i = batch.first; i < batch.end; ++i) {
    const std::string email = CustomerEmail(i);
    insert.OpenRow().Add(batch.org).Add("e:" + email).Add(email).Add("Person of a benchmark");
    insert.Add("person of a benchmark").Add("+1 202 555 0142").Add("12025550142");
    insert.Add(std::int64_t{1}).Add(delivery).Add(now).CloseRow();
    select.Add("e:" + email);
  }
  connection.ExecuteBuilt(insert.Sql(" ON DUPLICATE KEY UPDATE ContactID = ContactID").text());
  for (const store::Row& row : connection.QueryBuilt(select.CloseRow().text())) {
    batch.contacts[row.Text(0)] = row.Integer(1);
  }
}

void WriteAppointments(store::Connection& connection, RowBatch& batch, const base::Uuid& delivery) {
  const base::Instant now = base::SystemNow();
  store::StatementBuilder insert(
      "INSERT INTO appointments (OrgID, ContactID, Source, ExternalID, Status, StartTime, "
      "DurationMinutes, TimeZone, AppointmentType, Notes, Location, HostName, CreatedBy, "
      "ReceivedAt, "
      "UpdatedAt) VALUES ");
  store::StatementBuilder select(
      "SELECT ExternalID, AppointmentID FROM appointments WHERE OrgID = ");
  select.Sql(std::to_string(batch.org).c_str());
  select.Sql(" AND Source = 'bench' AND ExternalID IN ").OpenRow();
  for (std::uint64_t i = batch.first; i < batch.end; ++i) {
    insert.OpenRow().Add(batch.org).Add(batch.contacts.at(CustomerEmail(i))).Add("bench");
    insert.Add(ExternalId(i)).Add("booked").Add(now).Add(std::int64_t{45}).Add("America/New_York");
    insert.Add("First fitting").Add("Brings the old pair along.").Add("12 Mill Lane");
    insert.Add("Robin Host").Add(delivery).Add(now).Add(now).CloseRow();
    select.Add(ExternalId(i));
  }
  insert.Sql(" ON DUPLICATE KEY UPDATE AppointmentID = AppointmentID");
  connection.ExecuteBuilt(insert.text());
  for (const store::Row& row : connection.QueryBuilt(select.CloseRow().text())) {
    batch.appointments[row.Text(0)] = row.Integer(1);
  }
}

void WriteDeliveries(store::Connection& connection, const RowBatch& batch, NumberedText& normalized,
                     NumberedText& calendly) {
  const base::Instant now = base::SystemNow();
  store::StatementBuilder insert(
      "INSERT INTO deliveries (OrgID, DeliveryID, Provider, ReceivedAt, ContentType, Body, "
      "Outcome, "
      "AppointmentID, UpdatedAt) VALUES ");
  for (std::uint64_t i = batch.first; i < batch.end; ++i) {
    const bool plain = KindOf(i) == BodyKind::kNormalized;
    insert.OpenRow()
        .Add(batch.org)
        .Add(base::Uuid::Version7(now))
        .Add(plain ? "generic" : "calendly");
    insert.Add(now).Add("application/json").AddBytes(plain ? normalized.With(i) : calendly.With(i));
    insert.Add("stored").Add(batch.appointments.at(ExternalId(i))).Add(now).CloseRow();
  }
  connection.ExecuteBuilt(insert.text());
}

/// Writes batches until none is left.
void WriteBatches(const RowsOptions& options, store::Connection& connection,
                  std::atomic<std::uint64_t>& next) {
  NumberedText normalized(BodyTemplate(BodyKind::kNormalized));
  NumberedText calendly(BodyTemplate(BodyKind::kCalendly));
  for (std::uint64_t first = next.fetch_add(options.batch); first < options.bookings;
       first = next.fetch_add(options.batch)) {
    RowBatch batch;
    batch.org = options.org;
    batch.first = first;
    batch.end = std::min(first + options.batch, options.bookings);
    const base::Uuid delivery = base::Uuid::Version7(base::SystemNow());
    WriteContacts(connection, batch, delivery);
    WriteAppointments(connection, batch, delivery);
    WriteDeliveries(connection, batch, normalized, calendly);
    connection.Commit();
  }
}

std::vector<std::unique_ptr<store::Connection>> OpenConnections(const RowsOptions& options) {
  const config::LoadResult loaded = config::Load(options.config);
  const auto* settings = std::get_if<config::Settings>(&loaded);
  if (settings == nullptr) throw std::runtime_error("the configuration has problems");
  std::vector<std::unique_ptr<store::Connection>> connections;
  for (unsigned i = 0; i < options.connections; ++i) {
    auto connection = store::Connection::Open(settings->database);
    if (!connection.ok()) throw std::runtime_error(connection.failure().operator_text);
    connections.push_back(std::move(connection).value());
  }
  return connections;
}

double MeasureSeconds(const RowsOptions& options) {
  const auto connections = OpenConnections(options);
  std::atomic<std::uint64_t> next{0};
  std::vector<std::exception_ptr> failures(connections.size());
  const auto start = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> writers;
    for (std::size_t i = 0; i < connections.size(); ++i) {
      writers.emplace_back([&, i] {
        try {
          WriteBatches(options, *connections[i], next);
        } catch (...) {
          failures[i] = std::current_exception();
        }
      });
    }
  }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
  return taken.count();
}

int Main(int argc, char** argv) {
  RowsOptions options;
  CLI::App app("Writes the rows of bookings as fast as the database takes them");
  app.add_option("--config", options.config, "Of a gateway; its database is written to")
      ->required();
  app.add_option("--org", options.org, "OrgID of the rows: one that has none yet")->required();
  app.add_option("--connections", options.connections)->check(CLI::PositiveNumber);
  app.add_option("--bookings", options.bookings)->check(CLI::PositiveNumber);
  app.add_option("--batch", options.batch, "Bookings a transaction")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  const double seconds = MeasureSeconds(options);
  std::printf("{\"bookings\":%llu,\"seconds\":%.3f,\"per_second\":%.1f}\n",
              static_cast<unsigned long long>(options.bookings), seconds,
              static_cast<double>(options.bookings) / seconds);
  return 0;
}

}  // namespace
}  // namespace bookgate::bench

int main(int argc, char** argv) {
  try {
    return bookgate::bench::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "write_rows: %s\n", error.what());
    return 1;
  }
}
