#include "store/appointment_queries.hpp"

#include <algorithm>

namespace bookgate::store {
namespace {

AppointmentLine ReadLine(const Row& row) {
  AppointmentLine line;
  line.appointment_id = row.Integer(0);
  line.contact_id = row.Integer(1);
  line.source = row.Text(2);
  line.external_id = row.Text(3);
  line.status = row.Text(4);
  line.customer_name = row.Text(5);
  line.customer_email = row.Text(6);
  line.customer_phone = row.Text(7);
  line.appointment_type = row.Text(8);
  line.host_name = row.Text(9);
  line.location = row.Text(10);
  line.start_time = row.Time(11);
  if (!row.IsNull(12)) line.duration_minutes = row.Integer(12);
  line.received_at = row.Time(13);
  return line;
}

}  // namespace

std::vector<AppointmentLine> LatestAppointments(Connection& connection, std::int64_t org_id,
                                                std::int64_t limit) {
  const std::vector<Row> rows = connection.Query(
      "SELECT a.AppointmentID, a.ContactID, a.Source, a.ExternalID, a.Status, c.Name, c.Email, "
      "c.Phone, a.AppointmentType, a.HostName, a.Location, " +
          IsoTime("a.StartTime") + ", a.DurationMinutes, " + IsoTime("a.ReceivedAt") +
          " FROM appointments a "
          "JOIN contacts c ON c.OrgID = a.OrgID AND c.ContactID = a.ContactID "
          "WHERE a.OrgID = ? ORDER BY a.ReceivedAt DESC, a.AppointmentID DESC LIMIT ?",
      {org_id, limit});
  std::vector<AppointmentLine> lines;
  std::transform(rows.begin(), rows.end(), std::back_inserter(lines), ReadLine);
  return lines;
}

}  // namespace bookgate::store
