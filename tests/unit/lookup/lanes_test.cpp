// Who may go next. Times are made up: nothing here waits.
#include "lookup/lanes.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

namespace bookgate::lookup {
namespace {

using Clock = std::chrono::steady_clock;

Clock::time_point At(int second) {
  return Clock::time_point(std::chrono::seconds(second));
}

bool Add(Lanes<std::string>& lanes, const std::string& lane, std::string item, int deadline = 100) {
  return lanes.Add(lane, At(deadline), item);
}

std::string Next(Lanes<std::string>& lanes) {
  return lanes.Next().value_or("nobody");
}

TEST_CASE("a lane keeps its order and its limit") {
  Lanes<std::string> lanes({2, 10});
  for (const char* item : {"a1", "a2", "a3"}) REQUIRE(Add(lanes, "a", item));
  CHECK(Next(lanes) == "a1");
  CHECK(Next(lanes) == "a2");
  CHECK(Next(lanes) == "nobody");
  lanes.Leave("a");
  CHECK(Next(lanes) == "a3");
  CHECK(Next(lanes) == "nobody");
}

TEST_CASE("a full lane keeps no other one waiting") {
  Lanes<std::string> lanes({1, 10});
  for (const char* item : {"a1", "a2", "a3"}) REQUIRE(Add(lanes, "a", item));
  CHECK(Next(lanes) == "a1");
  REQUIRE(Add(lanes, "b", "b1"));
  CHECK(Next(lanes) == "b1");
  CHECK(Next(lanes) == "nobody");
}

TEST_CASE("lanes take turns") {
  Lanes<std::string> lanes({10, 10});
  for (const char* item : {"a1", "a2", "a3"}) REQUIRE(Add(lanes, "a", item));
  for (const char* item : {"b1", "b2"}) REQUIRE(Add(lanes, "b", item));
  std::string order;
  for (int i = 0; i < 5; ++i) order += Next(lanes) + " ";
  CHECK(order == "a1 b1 a2 b2 a3 ");
}

TEST_CASE("a lane takes only so many that wait, and the others as before") {
  Lanes<std::string> lanes({1, 2});
  CHECK(Add(lanes, "a", "a1"));
  CHECK(Add(lanes, "a", "a2"));
  std::string refused = "a3";
  CHECK_FALSE(lanes.Add("a", At(1), refused));
  CHECK(refused == "a3");
  CHECK(Add(lanes, "b", "b1"));
  // What goes makes room.
  CHECK(Next(lanes) == "a1");
  CHECK(Add(lanes, "a", "a3"));
}

TEST_CASE("those that waited too long are taken out, whatever their place") {
  Lanes<std::string> lanes({1, 10});
  CHECK_FALSE(lanes.FirstDeadline());
  Add(lanes, "a", "a1", 9);
  Add(lanes, "a", "a2", 5);
  Add(lanes, "a", "a3", 7);
  Add(lanes, "b", "b1", 5);
  CHECK(lanes.FirstDeadline() == At(5));
  CHECK(lanes.TakeOverdue(At(4)).empty());
  CHECK(lanes.TakeOverdue(At(5)) == std::vector<std::string>{"a2", "b1"});
  CHECK(lanes.FirstDeadline() == At(7));
  CHECK(Next(lanes) == "a1");
  CHECK(lanes.TakeOverdue(At(100)) == std::vector<std::string>{"a3"});
  lanes.Leave("a");
  CHECK(Next(lanes) == "nobody");
}

}  // namespace
}  // namespace bookgate::lookup
