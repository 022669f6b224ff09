#include "support/booking_load.hpp"

#include <ctime>
#include <memory>
#include <stdexcept>
#include <utility>

#include "support/raw_client.hpp"

namespace bookgate::tests {
namespace {

constexpr std::size_t kSenders = 8;
constexpr std::size_t kCustomers = 50;

/// Before the next try where the last one came to nothing: a gateway that is away would otherwise
/// cost the whole processor.
void Breathe() {
  timespec pause{0, 2'000'000};
  nanosleep(&pause, nullptr);
}

std::unique_ptr<RawClient> Connect(std::uint16_t port) {
  try {
    return std::make_unique<RawClient>(port);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

}  // namespace

BookingLoad::BookingLoad(std::uint16_t port, TestOrg org, std::string prefix,
                         Connections connections)
    : org_(std::move(org)), prefix_(std::move(prefix)), connections_(connections), port_(port) {
  for (std::size_t i = 0; i < kSenders; ++i) {
    senders_.emplace_back([this, i] { Send(i); });
  }
}

BookingLoad::~BookingLoad() {
  Finish();
}

std::size_t BookingLoad::Count(int status) const {
  const std::lock_guard lock(mutex_);
  const auto found = report_.statuses.find(status);
  return found == report_.statuses.end() ? 0 : found->second;
}

std::size_t BookingLoad::CountNotConnected() const {
  const std::lock_guard lock(mutex_);
  return report_.not_connected;
}

LoadReport BookingLoad::Finish() {
  finishing_ = true;
  for (std::thread& sender : senders_) sender.join();
  senders_.clear();
  return report_;
}

std::string BookingLoad::Body(const std::string& external_id, std::size_t number) {
  return R"({"customer_email":"customer-)" + std::to_string(number % kCustomers) +
         R"(@example.com","customer_name":"Customer","start_time":"2031-03-04T15:30:00Z",)"
         R"("duration_minutes":45,"appointment_type":"Haircut","external_id":")" +
         external_id + R"("})";
}

void BookingLoad::Send(std::size_t sender) {
  std::unique_ptr<RawClient> client;
  for (std::size_t number = 0; !finishing_; ++number) {
    const std::string id = prefix_ + "-" + std::to_string(sender) + "-" + std::to_string(number);
    const std::string body = Body(id, number);
    if (client == nullptr || client->WasEnded()) client = Connect(port_);
    if (client == nullptr) {
      const std::lock_guard lock(mutex_);
      ++report_.not_connected;
    } else if (!client->Send(
                   "POST " + TestGateway::WebhookPath(org_) +
                   " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
                   (connections_ == Connections::kOneEach ? "Connection: close\r\n" : "") +
                   "Authorization: Bearer " + org_.secret +
                   "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body)) {
      client = nullptr;
      const std::lock_guard lock(mutex_);
      ++report_.not_sent;
    } else if (const auto answer = client->ReadAnswer()) {
      Note(id, *answer);
      if (answer->Header("Connection") == "close") client = nullptr;
      if (answer->status == 200) continue;
    } else {
      client = nullptr;
      const std::lock_guard lock(mutex_);
      report_.not_answered.push_back(id);
    }
    Breathe();
  }
}

void BookingLoad::Note(const std::string& id, const RawAnswer& answer) {
  Acknowledged acknowledged{id, 0, 0, false, {}};
  if (answer.status == 200) {
    const json::Document document = ParseJson(answer.body);
    acknowledged.appointment_id = document.root()["appointment_id"].Integer().value_or(0);
    acknowledged.contact_id = document.root()["contact_id"].Integer().value_or(0);
    acknowledged.created = document.root()["created"].Bool().value_or(false);
    acknowledged.delivery_id = document.root()["delivery_id"].Text().value_or("");
  }
  const std::lock_guard lock(mutex_);
  ++report_.statuses[answer.status];
  const bool come_back = answer.status == 503 || answer.status == 429;
  if (come_back && !answer.Header("Retry-After")) ++report_.without_retry_after;
  if (answer.status == 200) report_.acknowledged.push_back(std::move(acknowledged));
}

}  // namespace bookgate::tests
