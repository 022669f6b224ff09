/// \file load.hpp
/// Sends bookings over many connections from one thread and remembers every answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "booking_bodies.hpp"
#include "client_connection.hpp"
#include "open_loop_timer.hpp"

namespace bookgate::bench {

struct LoadOptions {
  std::uint16_t port = 0;
  std::string path;
  std::string secret;
  std::size_t connections = 64;
  std::uint64_t requests = 10'000;
  std::uint64_t first_booking = 0;
  std::uint64_t repeat_every = 10;  ///< One request of so many repeats a booking; 0: none does.
  double rate = 0;                  ///< Requests per second; 0: as fast as answers come.
};

/// One answer 200 that named an appointment.
struct Acknowledgement {
  std::uint64_t booking = 0;
  std::string appointment_id;
  std::string contact_id;
  std::string delivery_id;
};

struct LoadResult {
  double seconds = 0;
  std::uint64_t ok = 0;      ///< Answers 200.
  std::uint64_t other = 0;   ///< Answers of any other status.
  std::uint64_t broken = 0;  ///< Connections that ended instead of answering.
  std::vector<std::chrono::nanoseconds> latencies;  ///< Of the answers 200, ascending.
  std::vector<Acknowledgement> acknowledgements;
};

/// Run once.
class Load {
 public:
  explicit Load(LoadOptions options);
  ~Load();
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  /// Throws std::runtime_error if nothing answers for a minute.
  LoadResult Run();

 private:
  struct Slot {
    std::unique_ptr<ClientConnection> connection;
    std::uint64_t booking = 0;
    SteadyTime since;
    bool busy = false;
  };

  void Connect(std::size_t slot);
  void Watch(int descriptor, std::uint64_t tag) const;
  void WaitForEvents();
  void TakeDueRequests();
  void SendWhereIdle();
  void Send(std::size_t slot, SteadyTime since);
  void Answered(std::size_t slot, const Reply& reply);
  std::uint64_t NextBooking();
  std::string_view RequestFor(std::uint64_t booking);

  const LoadOptions options_;
  const int epoll_;
  NumberedText normalized_;
  NumberedText calendly_;
  std::vector<Slot> slots_;
  std::vector<std::size_t> idle_;
  std::deque<SteadyTime> due_;  ///< With a rate: requests that wait for a connection.
  std::unique_ptr<OpenLoopTimer> timer_;
  std::uint64_t scheduled_ = 0;
  std::uint64_t sent_ = 0;
  std::uint64_t finished_ = 0;
  std::uint64_t next_booking_;
  std::mt19937_64 random_{20'240'601};  // The same every time.
  LoadResult result_;
};

}  // namespace bookgate::bench
