/// \file health.hpp
/// Whether this gateway can take deliveries, for load balancers and service managers.
#pragma once

#include <string>

namespace bookgate::observe {

/// What /readyz answers: 200 if ready, else 503.
struct Health {
  bool database_up = false;
  bool plugins_ok = false;  ///< Every enabled plugin is loaded and works.

  /// Able to store what comes. There is no spool that could hold it in the database's place.
  bool ready() const { return database_up && plugins_ok; }

  /// {"ready":…,"database":"up|down","spool":"off","plugins":"ok|failed"}
  std::string ToJson() const;
};

}  // namespace bookgate::observe
