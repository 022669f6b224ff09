/// \file case_bodies.hpp
/// Bodies as providers send them: those that the plugins' own cases have.
#pragma once

#include <string>

#include "support/temporary_folder.hpp"

namespace bookgate::tests {

/// The body of plugins/PROVIDER/cases/NAME.
inline std::string CaseBody(const std::string& provider, const std::string& name) {
  return ReadFile(BOOKGATE_SOURCE_DIR "/plugins/" + provider + "/cases/" + name + "/body.json");
}

/// booking.created of Square, which names its customer by an id alone.
inline std::string SquareBody() {
  return R"({"merchant_id":"MERCHANT1","location_id":"LOCATION1","type":"booking.created",
    "event_id":"1c9a0d3e-0f6b-4a53-9c5d-5b0d4f6a7e11","created_at":"2026-05-01T10:00:00Z",
    "data":{"type":"booking","id":"squarebooking1:0","object":{"booking":{
      "id":"squarebooking1","version":0,"status":"ACCEPTED","created_at":"2026-05-01T10:00:00Z",
      "updated_at":"2026-05-01T10:00:00Z","start_at":"2026-05-20T15:30:00Z",
      "location_id":"LOCATION1","customer_id":"CUSTOMER1","customer_note":"Second door",
      "appointment_segments":[{"duration_minutes":60,"service_variation_id":"SERVICE1",
        "service_variation_version":1700000000000,"team_member_id":"TMember1"}]}}}})";
}

}  // namespace bookgate::tests
