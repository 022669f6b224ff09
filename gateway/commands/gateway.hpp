/// \file gateway.hpp
/// The whole program as `serve` runs it: every room, put together.
#pragma once

#include <memory>

#include "base/result.hpp"
#include "config/settings.hpp"

namespace bookgate::commands {

/// Used from one thread.
class Gateway {
 public:
  explicit Gateway(config::Settings settings);
  /// Stops.
  ~Gateway();

  /// Loads the plugins, brings up the database, listens. If the database is away it starts all the
  /// same and answers 503 until it is there; anything else that is wrong is a failure.
  base::Status Start();

  /// Takes over plugins, limits and log level of a new configuration, if all of it is right; else
  /// leaves everything as it is and says why in the log. Requests under way notice nothing.
  void Reload();

  /// Takes no new connections, finishes what was read, commits, answers; within 10 seconds.
  void Stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bookgate::commands
