/// \file observer.hpp
/// What the way tells whoever watches: metrics and logs, or a test.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bookgate::intake {

/// One delivery, answered. Holds no personal data.
struct DeliveryReport {
  std::string delivery_id;
  std::string org;  ///< Public id.
  std::string provider;
  std::string outcome;  ///< As in deliveries.Outcome; "unavailable" if it could not be stored.
  std::string reason;   ///< A token.
  std::string request_id;
  int status = 0;
  std::size_t events = 0;
  std::size_t body_bytes = 0;
  double seconds = 0;  ///< From the first byte to the answer.
  std::vector<std::string> notes;
};

/// One attempt to finish a delivery in the background. Holds no personal data.
struct FinishReport {
  std::string delivery_id;
  std::string org;  ///< Public id.
  std::string provider;
  /// As in deliveries.Outcome; "postponed" if it waits for another attempt, "unavailable" if it
  /// could not be stored.
  std::string outcome;
  std::string reason;  ///< A token; "" if all went as it should.
  unsigned attempts = 0;
  double seconds = 0;  ///< Since its first byte came.
};

/// Called from the reactor's, the fetcher's, the finisher's and the writers' threads, several at
/// once.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void OnDelivery(const DeliveryReport& report) = 0;
  virtual void OnFinished(const FinishReport& report) = 0;
  /// `reason` is a token of auth::Verdict, "rate_limited" or "org_rate_limited".
  virtual void OnAuthFailure(std::string_view reason) = 0;
  /// `failure` is "" if the translator came to a decision.
  virtual void OnTranslated(const std::string& provider, double seconds,
                            std::string_view failure) = 0;
};

}  // namespace bookgate::intake
