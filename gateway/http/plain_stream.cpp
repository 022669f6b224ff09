#include <sys/socket.h>

#include <cerrno>

#include "http/stream.hpp"

namespace bookgate::http {
namespace {

class PlainStream final : public Stream {
 public:
  explicit PlainStream(int socket) : socket_(socket) {}

  State Handshake() override { return State::kDone; }

  Transfer Read(std::span<char> into) override {
    return Outcome(::recv(socket_, into.data(), into.size(), 0));
  }

  Transfer Write(std::string_view bytes) override {
    return Outcome(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
  }

  void ShutdownWrite() override { ::shutdown(socket_, SHUT_WR); }

 private:
  static Transfer Outcome(ssize_t result) {
    if (result > 0) return {State::kDone, static_cast<std::size_t>(result)};
    if (result < 0 && (errno == EAGAIN || errno == EINTR)) return {State::kWait, 0};
    return {State::kClosed, 0};
  }

  int socket_;
};

}  // namespace

std::unique_ptr<Stream> MakePlainStream(int socket) {
  return std::make_unique<PlainStream>(socket);
}

}  // namespace bookgate::http
