// Thousands of deliveries are held while Square is away. Once it is back they drain, and whoever
// delivers meanwhile notices nothing.
#include <atomic>
#include <cstddef>
#include <string>
#include <thread>

#include "integration/lookups/lookups_fixture.hpp"
#include "support/at_once.hpp"

namespace bookgate::tests {
namespace {

constexpr int kHeld = 5'000;
constexpr int kSenders = 8;

ConfigKeys Roomy() {
  return Hasty({{"limits.org_requests_per_second", "100000"}, {"limits.org_burst", "100000"}});
}

/// Posts bookings number `first` to `first + count - 1` from several clients; gives how many were
/// answered with that status.
int PostAll(const LookupGateway& running, int first, int count, int status) {
  std::atomic<int> next{first};
  const auto answered = AtOnce(kSenders, [&](std::size_t) {
    int right = 0;
    for (int i = next++; i < first + count; i = next++) {
      right += running.Post(SquareBooking(i, i % 100)).status == status ? 1 : 0;
    }
    return right;
  });
  int sum = 0;
  for (const int right : answered) sum += right;
  return sum;
}

TEST_CASE("5,000 held deliveries drain while live ones go on") {
  const LookupGateway running(kSquare, Roomy());
  for (int i = 0; i < 100; ++i) {
    running.api.Put("customers", "C" + std::to_string(i),
                    R"({"email_address":"c)" + std::to_string(i) + R"(@example.com"})");
  }
  running.api.Script(R"({"drop":"before"})");
  REQUIRE(PostAll(running, 0, kHeld, 202) == kHeld);
  CHECK(running.Unfinished() == kHeld);

  running.api.EndTrouble();
  int live = 0;
  int at_once = 0;
  std::size_t backlog_seen = 0;
  while (const std::int64_t backlog = running.Unfinished()) {
    backlog_seen += backlog > 0 ? 1 : 0;
    // One that needs a look-up, and one that needs none.
    const HttpReply square = running.Post(SquareBooking(kHeld + live, live % 100));
    CHECK(square.status / 100 == 2);
    at_once += square.status == 200 ? 1 : 0;
    CHECK(running
              .Post(R"({"customer_email":"live@example.com","external_id":"live)" +
                    std::to_string(live) + "\"}")
              .status == 200);
    ++live;
    REQUIRE(live < 100'000);
  }
  MESSAGE("live deliveries meanwhile: " << live << ", of which " << at_once
                                        << " with their look-ups at once");
  CHECK(at_once > 0);
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == kHeld + 2 * live);
  CHECK(running.database.Number("SELECT COUNT(*) FROM deliveries WHERE Outcome <> 'stored'") == 0);
  CHECK(running.database.Number("SELECT COUNT(*) FROM contacts") == 101);
}

}  // namespace
}  // namespace bookgate::tests
