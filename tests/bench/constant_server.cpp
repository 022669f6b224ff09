// Answers every booking with the same words, through the gateway's own listener and routes: what is
// left of the gateway when nothing is checked, translated or stored. Ends at SIGTERM.

#include <pthread.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>

#include "http/endpoint.hpp"
#include "http/routes.hpp"

namespace bookgate::bench {
namespace {

// As long as the gateway's own answers.
constexpr const char* kAnswer =
    R"({"appointment_id":1234567,"contact_id":1234567,"created":true,"contact_created":true,)"
    R"("status":"booked","delivery_id":"01970000-0000-7000-8000-000000000000"})";

void AnswerConstant(const http::Request&, const http::PathParameters&, http::Responder respond) {
  http::Answer answer;
  answer.body = kAnswer;
  respond(std::move(answer));
}

/// Before any thread is made, so that all of them inherit it.
sigset_t BlockSigterm() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

int Main(int argc, char** argv) {
  std::uint16_t port = 0;
  CLI::App app("Answers bookings with a constant");
  app.add_option("--port", port, "On 127.0.0.1")->required();
  CLI11_PARSE(app, argc, argv);
  const sigset_t signals = BlockSigterm();

  http::Routes routes;
  routes.Add("POST", "/api/webhooks/appointment/{org}", AnswerConstant);
  http::EndpointOptions options;
  options.listen = {"127.0.0.1", port};
  http::Endpoint endpoint(options, routes.AsHandler());
  if (const base::Status status = endpoint.Start(); !status.ok()) {
    std::fprintf(stderr, "constant_server: %s\n", status.failure().operator_text.c_str());
    return 1;
  }
  int signal = 0;
  sigwait(&signals, &signal);
  return 0;
}

}  // namespace
}  // namespace bookgate::bench

int main(int argc, char** argv) {
  return bookgate::bench::Main(argc, argv);
}
