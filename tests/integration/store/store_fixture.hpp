/// \file store_fixture.hpp
/// A migrated database, and deliveries to write into it.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>

#include "config/database_url.hpp"
#include "store/batch.hpp"
#include "store/connection.hpp"
#include "store/migrations.hpp"
#include "support/test_database.hpp"

namespace bookgate::tests {

inline constexpr std::int64_t kOrg = 7;

inline config::DatabaseSettings SettingsOf(const TestDatabase& database) {
  const config::DatabaseAddress address = *config::ParseDatabaseUrl(database.url());
  config::DatabaseSettings settings;
  settings.hosts = address.hosts;
  settings.user = address.user;
  settings.database = address.database;
  return settings;
}

inline std::unique_ptr<store::Connection> Connect(const config::DatabaseSettings& settings) {
  auto connection = store::Connection::Open(settings);
  REQUIRE(connection.ok());
  return std::move(connection).value();
}

inline void Migrate(const config::DatabaseSettings& settings) {
  REQUIRE(store::Migrate(*Connect(settings), false).ok());
}

/// A delivery of one event, which arrives now.
inline store::WriteJob JobOf(const model::BookingEvent& event) {
  store::WriteJob job;
  job.delivery.received_at = base::SystemNow();
  job.delivery.id = base::Uuid::Version7(job.delivery.received_at);
  job.delivery.org.id = kOrg;
  job.delivery.provider = "generic";
  job.delivery.body = "{}";
  job.events = {event};
  return job;
}

}  // namespace bookgate::tests
