// Starts a program, measures until a URL path on 127.0.0.1 answers 200, stops it, and prints the
// milliseconds.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace bookgate::bench {
namespace {

using Clock = std::chrono::steady_clock;

bool Answers200(std::uint16_t port, const std::string& path) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::array<char, 13> head{};
  const std::string request =
      "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
  const timeval patience{5, 0};
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  const bool answered =
      connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
      send(descriptor, request.data(), request.size(), MSG_NOSIGNAL) > 0 &&
      recv(descriptor, head.data(), head.size(), MSG_WAITALL) > 0;
  close(descriptor);
  return answered && std::string_view(head.data(), head.size()) == "HTTP/1.1 200 ";
}

pid_t Spawn(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& argument : command)
    arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  pid_t pid = -1;
  return posix_spawnp(&pid, arguments[0], nullptr, nullptr, arguments.data(), environ) == 0 ? pid
                                                                                            : -1;
}

bool WaitUntilReady(pid_t pid, std::uint16_t port, const std::string& path) {
  const Clock::time_point deadline = Clock::now() + std::chrono::seconds(60);
  while (!Answers200(port, path)) {
    if (waitpid(pid, nullptr, WNOHANG) == pid || Clock::now() > deadline) return false;
    const timespec pause{0, 200'000};
    nanosleep(&pause, nullptr);
  }
  return true;
}

int Main(int argc, char** argv) {
  std::uint16_t port = 0;
  std::string path = "/readyz";
  std::vector<std::string> command;
  CLI::App app("Measures how long a program takes to become ready");
  app.add_option("--port", port)->required();
  app.add_option("--path", path);
  app.add_option("command", command, "Program and arguments, after --")->required();
  CLI11_PARSE(app, argc, argv);

  const Clock::time_point start = Clock::now();
  const pid_t pid = Spawn(command);
  if (pid < 0 || !WaitUntilReady(pid, port, path)) {
    std::fprintf(stderr, "time_to_ready: %s did not become ready\n", command[0].c_str());
    if (pid > 0) kill(pid, SIGKILL);
    return 1;
  }
  const std::chrono::duration<double, std::milli> taken = Clock::now() - start;
  kill(pid, SIGTERM);
  waitpid(pid, nullptr, 0);
  std::printf("%.1f\n", taken.count());
  return 0;
}

}  // namespace
}  // namespace bookgate::bench

int main(int argc, char** argv) {
  return bookgate::bench::Main(argc, argv);
}
