#include "support/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace bookgate::tests {
namespace {

struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe failed");
    read = ends[0];
    write = ends[1];
  }
  ~Pipe() {
    Close(read);
    Close(write);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  static void Close(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
};

/// In the child: it dies with the test, however the test ends.
void DieWith(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // It may have ended before it was asked for.
  if (getppid() != parent) _exit(127);
}

[[noreturn]] void Exec(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

int StatusOf(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Reads both streams to their ends while the input is written, so that no side waits for the
/// other.
void Exchange(Pipe& in, Pipe& out, Pipe& err, std::string_view input, ProgramResult& result) {
  std::array<char, 65536> buffer;
  while (out.read >= 0 || err.read >= 0) {
    if (input.empty()) Pipe::Close(in.write);
    std::array<pollfd, 3> ends = {
        {{out.read, POLLIN, 0}, {err.read, POLLIN, 0}, {in.write, POLLOUT, 0}}};
    poll(ends.data(), ends.size(), -1);
    const auto drain = [&](const pollfd& end, int& fd, std::string& text) {
      if (fd < 0 || end.revents == 0) return;
      const ssize_t size = read(fd, buffer.data(), buffer.size());
      if (size > 0) text.append(buffer.data(), static_cast<std::size_t>(size));
      if (size <= 0) Pipe::Close(fd);
    };
    drain(ends[0], out.read, result.out);
    drain(ends[1], err.read, result.err);
    if (in.write >= 0 && ends[2].revents != 0) {
      const ssize_t size = write(in.write, input.data(), input.size());
      input.remove_prefix(size > 0 ? static_cast<std::size_t>(size) : input.size());
    }
  }
}

}  // namespace

ProgramResult RunProgram(const std::vector<std::string>& command, const std::string& input) {
  signal(SIGPIPE, SIG_IGN);
  Pipe in;
  Pipe out;
  Pipe err;
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) {
    DieWith(parent);
    dup2(in.read, STDIN_FILENO);
    dup2(out.write, STDOUT_FILENO);
    dup2(err.write, STDERR_FILENO);
    Exec(command);
  }
  Pipe::Close(in.read);
  Pipe::Close(out.write);
  Pipe::Close(err.write);
  ProgramResult result;
  Exchange(in, out, err, input, result);
  int status = 0;
  waitpid(pid, &status, 0);
  result.exit_status = StatusOf(status);
  return result;
}

BackgroundProgram::BackgroundProgram(const std::vector<std::string>& command,
                                     const std::string& log_file)
    : log_file_(log_file) {
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ != 0) return;
  DieWith(parent);
  const int log = open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  Exec(command);
}

BackgroundProgram::~BackgroundProgram() {
  if (pid_ < 0) return;
  Signal(SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void BackgroundProgram::Signal(int signal) const {
  if (pid_ > 0) kill(pid_, signal);
}

int BackgroundProgram::Wait(std::chrono::milliseconds deadline) {
  if (pid_ < 0) return exit_status_;
  int status = 0;
  if (!Eventually([&] { return waitpid(pid_, &status, WNOHANG) == pid_; }, deadline)) return -1;
  pid_ = -1;
  exit_status_ = StatusOf(status);
  return exit_status_;
}

std::string BackgroundProgram::Log() const {
  std::ifstream file(log_file_, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace bookgate::tests
