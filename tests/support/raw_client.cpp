#include "support/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "http/grammar.hpp"

namespace bookgate::tests {

std::optional<std::string> RawAnswer::Header(std::string_view name) const {
  std::string_view rest = head;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find("\r\n"));
    rest.remove_prefix(std::min(line.size() + 2, rest.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (http::EqualsIgnoringCase(line.substr(0, colon), name)) {
      return std::string(http::Trim(line.substr(colon + 1)));
    }
  }
  return std::nullopt;
}

RawClient::RawClient(std::uint16_t port, const char* address) {
  sockaddr_in ipv4{};
  sockaddr_in6 ipv6{};
  const bool is_ipv6 = std::strchr(address, ':') != nullptr;
  ipv4.sin_family = AF_INET;
  ipv4.sin_port = htons(port);
  ipv6.sin6_family = AF_INET6;
  ipv6.sin6_port = htons(port);
  inet_pton(AF_INET, address, &ipv4.sin_addr);
  inet_pton(AF_INET6, address, &ipv6.sin6_addr);
  socket_ = ::socket(is_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto* where =
      is_ipv6 ? reinterpret_cast<const sockaddr*>(&ipv6) : reinterpret_cast<const sockaddr*>(&ipv4);
  const socklen_t length = is_ipv6 ? sizeof ipv6 : sizeof ipv4;
  if (::connect(socket_, where, length) != 0) {
    const std::string why = std::strerror(errno);
    Close();
    throw std::runtime_error("cannot connect: " + why);
  }
}

RawClient::~RawClient() {
  Close();
}

bool RawClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::ReadSome() {
  pollfd waiting{socket_, POLLIN, 0};
  const auto patience = std::chrono::milliseconds(kPatience).count();
  if (::poll(&waiting, 1, static_cast<int>(patience)) != 1) {
    was_reset_ = true;
    return false;
  }
  std::array<char, 16 * 1024> buffer;
  const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (got < 0) was_reset_ = true;
  if (got <= 0) return false;
  received_.append(buffer.data(), static_cast<std::size_t>(got));
  return true;
}

std::optional<RawAnswer> RawClient::ReadAnswer(bool of_head) {
  std::size_t end = 0;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!ReadSome()) return std::nullopt;
  }
  RawAnswer answer;
  answer.head = received_.substr(0, end + 2);
  received_.erase(0, end + 4);
  answer.status =
      static_cast<int>(std::strtol(answer.head.c_str() + std::strlen("HTTP/1.1 "), nullptr, 10));
  const auto length = answer.Header("Content-Length");
  const std::size_t size = !length || of_head ? 0 : std::strtoul(length->c_str(), nullptr, 10);
  while (received_.size() < size) {
    if (!ReadSome()) return std::nullopt;
  }
  answer.body = received_.substr(0, size);
  received_.erase(0, size);
  return answer;
}

std::optional<std::string> RawClient::ReadToEnd() {
  while (ReadSome()) {
  }
  if (was_reset_) return std::nullopt;
  return std::exchange(received_, {});
}

bool RawClient::WasEnded() const {
  pollfd ended{socket_, POLLRDHUP, 0};
  return ::poll(&ended, 1, 0) != 0;
}

void RawClient::ShutdownWrite() {
  ::shutdown(socket_, SHUT_WR);
}

void RawClient::Reset() {
  const linger at_once{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  Close();
}

void RawClient::Close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

}  // namespace bookgate::tests
