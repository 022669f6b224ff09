// What /readyz says.
#include <doctest/doctest.h>

#include "observe/health.hpp"

using bookgate::observe::Health;

TEST_CASE("ready only if the database is up and the plugins are well") {
  const Health all{true, true};
  CHECK(all.ready());
  CHECK(all.ToJson() == R"({"ready":true,"database":"up","spool":"off","plugins":"ok"})");
  const Health no_database{false, true};
  CHECK_FALSE(no_database.ready());
  CHECK(no_database.ToJson() ==
        R"({"ready":false,"database":"down","spool":"off","plugins":"ok"})");
  const Health no_plugins{true, false};
  CHECK_FALSE(no_plugins.ready());
  CHECK(no_plugins.ToJson() ==
        R"({"ready":false,"database":"up","spool":"off","plugins":"failed"})");
  CHECK_FALSE(Health().ready());
}
