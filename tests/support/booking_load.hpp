/// \file booking_load.hpp
/// Many senders at once that never send anything twice: what becomes of each request is seen.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/test_gateway.hpp"

namespace bookgate::tests {

/// A booking that was answered with 200.
struct Acknowledged {
  std::string external_id;
  std::int64_t appointment_id = 0;
  std::int64_t contact_id = 0;
  bool created = false;
  std::string delivery_id;
};

struct LoadReport {
  std::vector<Acknowledged> acknowledged;
  std::map<int, std::size_t> statuses;    ///< Of all answers.
  std::size_t without_retry_after = 0;    ///< Of the answers with 429 and 503.
  std::size_t not_connected = 0;          ///< Nothing was sent.
  std::size_t not_sent = 0;               ///< The connection ended before all was sent.
  std::vector<std::string> not_answered;  ///< Ids that were sent whole, without a whole answer.
};

/// Posts bookings, each under an id of its own, from construction until Finish. Customers are few,
/// so that writers meet at their rows.
class BookingLoad {
 public:
  enum class Connections {
    kKept,  ///< As long as the server keeps them.
    kOneEach,
  };

  /// The ids are PREFIX-SENDER-NUMBER, with numbers from 0: two loads with one prefix post the same
  /// bookings.
  BookingLoad(std::uint16_t port, TestOrg org, std::string prefix,
              Connections connections = Connections::kKept);
  ~BookingLoad();
  BookingLoad(const BookingLoad&) = delete;
  BookingLoad& operator=(const BookingLoad&) = delete;

  /// Where the gateway is after it was started again.
  void SetPort(std::uint16_t port) { port_ = port; }
  /// Answers so far.
  std::size_t Count(int status) const;
  std::size_t CountNotConnected() const;
  /// The senders finish what they are at.
  LoadReport Finish();

  static std::string Body(const std::string& external_id, std::size_t number);

 private:
  void Send(std::size_t sender);
  void Note(const std::string& id, const struct RawAnswer& answer);

  const TestOrg org_;
  const std::string prefix_;
  const Connections connections_;
  std::atomic<std::uint16_t> port_;
  std::atomic<bool> finishing_{false};
  mutable std::mutex mutex_;
  LoadReport report_;
  std::vector<std::thread> senders_;
};

}  // namespace bookgate::tests
