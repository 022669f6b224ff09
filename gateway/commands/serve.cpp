#include <signal.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "commands/gateway.hpp"
#include "commands/session.hpp"

namespace bookgate::commands {
namespace {

constexpr std::chrono::milliseconds kLongestStop{9700};

/// The signals that serve waits for. Blocked before any thread is made, so that every thread
/// inherits that and only sigwait gets them.
sigset_t BlockSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

/// A database that is frozen, not gone, holds a writer in a statement for longer than anybody waits
/// for us. What it had in hand was not acknowledged, so it is no loss to end without it.
void ExitAnyway(const Session& session, std::chrono::milliseconds after) {
  std::thread([&session, after] {
    std::this_thread::sleep_for(after);
    session.Fail("something did not stop in time: exiting without it");
    std::_Exit(kFailed);
  }).detach();
}

int Serve(const Session& session) {
  std::optional<config::Settings> settings = session.LoadSettings();
  if (!settings) return kWrongUsage;
  const sigset_t signals = BlockSignals();
  Gateway gateway(*std::move(settings));
  const base::Status started = gateway.Start();
  if (!started.ok()) {
    session.Fail(started.failure());
    return started.failure().code == base::Code::kInvalid ? kWrongUsage : kFailed;
  }
  int received = 0;
  while (sigwait(&signals, &received) == 0 && received == SIGHUP) gateway.Reload();
  ExitAnyway(session, kLongestStop);
  gateway.Stop();
  return kDone;
}

}  // namespace

void AddServe(CLI::App& app, Session& session) {
  AddCommand(app, session, "serve", "Run the gateway", false)->callback([&session] {
    session.run = [&session] { return Serve(session); };
  });
}

}  // namespace bookgate::commands
