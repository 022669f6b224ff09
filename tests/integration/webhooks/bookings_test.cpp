#include <doctest/doctest.h>
#include "support/test_gateway.hpp"
namespace bookgate::tests {
TEST_CASE("probe") {
  RunningGateway running;
  auto r = running.Post(R"({"customer_email":"a@example.com","external_id":"1"})");
  MESSAGE(r.status << r.body);
  CHECK(r.status == 200);
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == 1);
}
}  // namespace bookgate::tests
