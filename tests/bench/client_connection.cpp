#include "client_connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>

namespace bookgate::bench {
namespace {

int Connect(std::uint16_t port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (descriptor < 0 ||
      connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    throw std::system_error(errno, std::generic_category(), "cannot connect");
  }
  const int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  return descriptor;
}

/// The number after `name`, at the start of a line of `head`; nullopt if there is none.
std::optional<std::size_t> NumberAfter(std::string_view head, std::string_view name) {
  for (std::size_t line = 0; line < head.size();) {
    const std::string_view rest = head.substr(line);
    if (rest.size() > name.size() && strncasecmp(rest.data(), name.data(), name.size()) == 0) {
      const std::size_t digits = rest.find_first_not_of(' ', name.size());
      std::size_t number = 0;
      if (digits == std::string_view::npos) return std::nullopt;
      std::from_chars(rest.data() + digits, rest.data() + rest.size(), number);
      return number;
    }
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) break;
    line += end + 1;
  }
  return std::nullopt;
}

}  // namespace

ClientConnection::ClientConnection(std::uint16_t port) : descriptor_(Connect(port)) {}

ClientConnection::~ClientConnection() {
  close(descriptor_);
}

void ClientConnection::Send(std::string_view request) {
  in_.erase(0, taken_);
  taken_ = 0;
  out_.assign(request);
  sent_ = 0;
  Flush();
}

std::optional<Reply> ClientConnection::Continue() {
  Flush();
  return Read();
}

void ClientConnection::Flush() {
  while (sent_ < out_.size()) {
    const ssize_t size =
        send(descriptor_, out_.data() + sent_, out_.size() - sent_, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) {
      broken_ |= errno != EAGAIN;
      return;
    }
    sent_ += static_cast<std::size_t>(size);
  }
}

std::optional<Reply> ClientConnection::Read() {
  std::array<char, 16'384> block;
  while (!broken_) {
    if (std::optional<Reply> reply = TakeReply()) return reply;
    const ssize_t size = recv(descriptor_, block.data(), block.size(), MSG_DONTWAIT);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) return std::nullopt;
    if (size <= 0) break;
    in_.append(block.data(), static_cast<std::size_t>(size));
  }
  broken_ = true;
  return Reply{};
}

std::optional<Reply> ClientConnection::TakeReply() {
  const std::size_t end = in_.find("\r\n\r\n");
  if (end == std::string::npos) return std::nullopt;
  const std::string_view head(in_.data(), end + 2);
  const std::optional<std::size_t> length = NumberAfter(head, "content-length:");
  if (!length) {
    broken_ = true;
    return std::nullopt;
  }
  taken_ = end + 4 + *length;
  if (in_.size() < taken_) {
    taken_ = 0;
    return std::nullopt;
  }
  Reply reply;
  std::from_chars(in_.data() + 9, in_.data() + end, reply.status);  // After "HTTP/1.1 ".
  reply.body = std::string_view(in_).substr(end + 4, *length);
  return reply;
}

}  // namespace bookgate::bench
