/// \file backfill.hpp
/// Fetching what no webhook told of: through the provider's API, page by page, into the tables.
#pragma once

#include <stop_token>
#include <string>

#include "intake/backfill.hpp"
#include "provider/account.hpp"
#include "store/audit_queries.hpp"
#include "store/backfill_queries.hpp"

namespace bookgate::provider {

/// One backfill, from Begin to the end of Run. Used from one thread at a time; what it is given
/// outlives it.
class Backfill {
 public:
  /// Once a stop is requested it ends soon, as a failed one.
  Backfill(const Account& account, const intake::BackfillSpan& span, std::stop_token stop = {});

  /// Writes down that it runs, and who asked for it. kConflict if another one of the org at that
  /// provider does.
  base::Status Begin(const store::Actor& actor);
  /// Stores each page before it asks for the next one. What is stored stays, however it ends; the
  /// table says how that was.
  base::Status Run();

  /// In place of Run: it failed for that reason, which the owner is told. Nothing if it did not
  /// begin.
  void Abandon(const std::string& reason);

  const store::Backfill& state() const { return state_; }

 private:
  base::Status GoThroughPages();
  lookup::ActionEnd Ask(const std::string& cursor) const;
  std::string Parameters(const std::string& cursor) const;
  base::Status Store(const translate::Bookings& page);
  base::Status NoteState();

  const Account& account_;
  const intake::BackfillSpan span_;
  const std::stop_token stop_;
  store::Backfill state_;
};

/// Waits, or less if a stop is requested.
void Pause(std::chrono::milliseconds pause, const std::stop_token& stop);

}  // namespace bookgate::provider
