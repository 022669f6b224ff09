#include "http/connection.hpp"

#include <algorithm>
#include <utility>

#include "http/answer_bytes.hpp"
#include "http/problem.hpp"

namespace bookgate::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// How long and how much a client may go on sending what nobody reads any more. A socket closed
/// with unread bytes makes the kernel reset the connection, and the client may lose the answer.
constexpr milliseconds kLingerTime{5'000};
constexpr milliseconds kDrainLingerTime{1'000};
constexpr std::size_t kLingerBytes = std::size_t{32} << 20;
/// When the server stops: how long an idle client may take to see that and to get in a request that
/// is on its way.
constexpr milliseconds kDrainGrace{500};
/// One client reads no more than that before the others have their turn.
constexpr std::size_t kReadBudget = std::size_t{1} << 20;

}  // namespace

Connection::Connection(ConnectionId id, std::unique_ptr<Stream> stream, const ClientAddress& peer,
                       const ConnectionRules& rules, ConnectionHost& host)
    : id_(id),
      stream_(std::move(stream)),
      peer_(peer),
      peer_text_(peer.ToString()),
      rules_(rules),
      host_(host),
      framer_(rules.framing) {
  SetDeadline(rules_.request_timeout);
  ShakeHands();
}

void Connection::OnEvent(bool readable, bool hung_up) {
  if (readable || hung_up) can_read_ = true;
  // Both directions are gone: no answer could arrive. What was sent before that is read on.
  if (hung_up && (phase_ == Phase::kServing || phase_ == Phase::kSending)) return Close();
  read_budget_ = kReadBudget;
  if (phase_ == Phase::kHandshake) ShakeHands();
  Flush();
  Advance();
}

void Connection::OnAnswer(std::string bytes, bool close) {
  if (phase_ != Phase::kServing) return;
  phase_ = Phase::kSending;
  close_after_answer_ = close;
  read_budget_ = kReadBudget;
  if (output_.empty()) {
    output_ = std::move(bytes);
  } else {
    output_.append(bytes);
  }
  SetDeadline(rules_.request_timeout);
  Flush();
  Advance();
}

void Connection::OnTick(Time now) {
  if (now < deadline_) return;
  switch (phase_) {
    case Phase::kHandshake:
    case Phase::kSending:
    case Phase::kLingering:
      return Close();
    case Phase::kReading:
      return GiveUpReading(now);
    case Phase::kServing:
    case Phase::kClosed:
      return;
  }
}

void Connection::GiveUpReading(Time now) {
  // What came while this thread was busy waits at the socket, perhaps behind this very tick.
  OnEvent(/*readable=*/true, /*hung_up=*/false);
  if (phase_ != Phase::kReading || now < deadline_) return;
  if (framer_.idle()) return Linger();
  Refuse({408, "The request did not arrive in time."});
}

void Connection::OnDraining() {
  const bool idle = phase_ == Phase::kReading && framer_.idle();
  if (!idle && phase_ != Phase::kHandshake) return;
  deadline_ = std::min(deadline_, steady_clock::now() + kDrainGrace);
}

void Connection::Advance() {
  if (phase_ == Phase::kReading) ReadRequests();
  if (phase_ == Phase::kLingering) Discard();
}

void Connection::ShakeHands() {
  switch (stream_->Handshake()) {
    case Stream::State::kDone:
      return AwaitRequest();
    case Stream::State::kWait:
      // OpenSSL may wait for either; being told of both costs nothing on an edge-triggered socket.
      wants_write_ = true;
      return;
    case Stream::State::kClosed:
      return Close();
  }
}

void Connection::ReadRequests() {
  while (phase_ == Phase::kReading) {
    switch (framer_.Next()) {
      case RequestFramer::Event::kNeedMore:
        if (!ReadMore()) return;
        break;
      case RequestFramer::Event::kContinue:
        Send(ContinueBytes());
        break;
      case RequestFramer::Event::kRequest:
        phase_ = Phase::kServing;
        deadline_ = Time::max();
        return host_.Serve(*this, framer_.Take());
      case RequestFramer::Event::kRejected:
        return Refuse(framer_.rejection());
    }
  }
}

/// False if there is nothing more to read now.
bool Connection::ReadMore() {
  if (!can_read_) return false;
  const Stream::Transfer read = Read();
  if (read.state != Stream::State::kDone) return false;
  if (framer_.idle()) SetDeadline(rules_.request_timeout);
  framer_.Append(std::string_view(host_.read_buffer().data(), read.bytes), base::SystemNow());
  return SpendReadBudget(read.bytes);
}

Stream::Transfer Connection::Read() {
  const Stream::Transfer read = stream_->Read(host_.read_buffer());
  if (read.state == Stream::State::kWait) can_read_ = false;
  if (read.state == Stream::State::kClosed) Close();
  return read;
}

/// False if it is other connections' turn.
bool Connection::SpendReadBudget(std::size_t bytes) {
  if (bytes < read_budget_) {
    read_budget_ -= bytes;
    return true;
  }
  host_.ResumeLater(*this);
  return false;
}

void Connection::Discard() {
  while (can_read_) {
    const Stream::Transfer read = Read();
    if (read.state != Stream::State::kDone) return;
    if (read.bytes >= linger_left_) return Close();
    linger_left_ -= read.bytes;
    if (!SpendReadBudget(read.bytes)) return;
  }
}

void Connection::Send(std::string_view bytes) {
  output_.append(bytes);
  Flush();
}

void Connection::Flush() {
  while (output_sent_ < output_.size()) {
    const auto wrote = stream_->Write(std::string_view(output_).substr(output_sent_));
    if (wrote.state == Stream::State::kClosed) return Close();
    if (wrote.state == Stream::State::kWait) {
      wants_write_ = true;
      return;
    }
    output_sent_ += wrote.bytes;
    if (phase_ == Phase::kSending) SetDeadline(rules_.request_timeout);
  }
  output_.clear();
  output_sent_ = 0;
  if (phase_ == Phase::kSending) AnswerSent();
}

void Connection::Refuse(const Rejection& rejection) {
  // From here on as with a request that the host has answered.
  phase_ = Phase::kServing;
  OnAnswer(AnswerBytes(Malformed(rejection.status, rejection.detail),
                       {host_.NewRequestId(), /*keep_alive=*/false, /*without_body=*/false}),
           /*close=*/true);
}

void Connection::AnswerSent() {
  if (close_after_answer_) return Linger();
  AwaitRequest();
}

void Connection::AwaitRequest() {
  phase_ = Phase::kReading;
  if (!framer_.idle()) return SetDeadline(rules_.request_timeout);
  SetDeadline(host_.draining() ? std::min(kDrainGrace, rules_.idle_timeout) : rules_.idle_timeout);
}

void Connection::Linger() {
  stream_->ShutdownWrite();
  phase_ = Phase::kLingering;
  linger_left_ = kLingerBytes;
  SetDeadline(host_.draining() ? kDrainLingerTime : kLingerTime);
}

void Connection::SetDeadline(milliseconds from_now) {
  deadline_ = steady_clock::now() + from_now;
}

}  // namespace bookgate::http
