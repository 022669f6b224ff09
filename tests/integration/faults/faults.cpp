#include "integration/faults/faults.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <unordered_map>

namespace bookgate::tests {
namespace {

struct BookingRow {
  std::string appointment_id;
  std::string contact_id;
};

std::unordered_map<std::string, BookingRow> BookingRows(const TestDatabase& database) {
  std::unordered_map<std::string, BookingRow> rows;
  for (const std::vector<std::string>& row :
       database.Rows("SELECT ExternalID, AppointmentID, ContactID FROM appointments")) {
    rows[row[0]] = {row[1], row[2]};
  }
  return rows;
}

std::set<std::string> DeliveryRows(const TestDatabase& database) {
  std::set<std::string> rows;
  for (const std::vector<std::string>& row : database.Rows(
           "SELECT LOWER(HEX(DeliveryID)) FROM deliveries WHERE AppointmentID IS NOT NULL")) {
    rows.insert(row[0]);
  }
  return rows;
}

std::string WithoutDashes(std::string id) {
  id.erase(std::remove(id.begin(), id.end(), '-'), id.end());
  return id;
}

}  // namespace

MariaDbServer& DurableMariaDb() {
  static MariaDbServer server(MariaDbServer::Durability::kFull);
  return server;
}

bool GetsMore(const BookingLoad& load, int status, std::size_t count) {
  const std::size_t before = load.Count(status);
  return Eventually([&] { return load.Count(status) >= before + count; });
}

void CheckExactlyOnce(const TestDatabase& database, const LoadReport& report) {
  const std::unordered_map<std::string, BookingRow> rows = BookingRows(database);
  const std::set<std::string> deliveries = DeliveryRows(database);
  std::size_t missing = 0;
  std::size_t differing = 0;
  std::size_t missing_deliveries = 0;
  for (const Acknowledged& acknowledged : report.acknowledged) {
    const auto row = rows.find(acknowledged.external_id);
    if (row == rows.end()) {
      ++missing;
    } else if (row->second.appointment_id != std::to_string(acknowledged.appointment_id) ||
               row->second.contact_id != std::to_string(acknowledged.contact_id)) {
      ++differing;
    }
    missing_deliveries += 1 - deliveries.count(WithoutDashes(acknowledged.delivery_id));
  }
  CHECK(missing == 0);
  CHECK(differing == 0);
  CHECK(missing_deliveries == 0);
  CHECK(database
            .Text("SELECT ExternalID FROM appointments GROUP BY ExternalID "
                  "HAVING COUNT(*) > 1")
            .empty());
  CHECK(database.Text("SELECT LOWER(Email) FROM contacts GROUP BY 1 HAVING COUNT(*) > 1").empty());
}

}  // namespace bookgate::tests
