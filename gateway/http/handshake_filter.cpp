#include "http/handshake_filter.hpp"

#include <linux/filter.h>
#include <sys/socket.h>

#include <array>

namespace bookgate::http {
namespace {

constexpr unsigned kFlagsOffset = 13;  ///< In the TCP header, which is where a filter's data begin.
constexpr unsigned kSyn = 0x02;
constexpr unsigned kAck = 0x10;
constexpr unsigned kWhole = 0xffff'ffff;

}  // namespace

bool IgnoreNewHandshakes(int listening) {
  // Connections inherit the filter, and nothing of theirs is a SYN without ACK.
  std::array<sock_filter, 5> program = {{
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, kFlagsOffset),
      BPF_STMT(BPF_ALU | BPF_AND | BPF_K, kSyn | kAck),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kSyn, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, 0),
      BPF_STMT(BPF_RET | BPF_K, kWhole),
  }};
  const sock_fprog filter{program.size(), program.data()};
  return setsockopt(listening, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) == 0;
}

}  // namespace bookgate::http
