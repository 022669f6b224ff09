// Sends bookings to a gateway and prints, as JSON, how many were answered and how fast. What was
// acknowledged goes to a file, one line each: external id, email, appointment, contact, delivery.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "load.hpp"

namespace bookgate::bench {
namespace {

double Milliseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

/// The smallest latency that `share` of the answers kept; `ascending` is not empty.
std::chrono::nanoseconds Percentile(const std::vector<std::chrono::nanoseconds>& ascending,
                                    double share) {
  const auto rank = static_cast<std::size_t>(share * static_cast<double>(ascending.size()));
  return ascending[std::min(rank, ascending.size() - 1)];
}

void WriteAcknowledgements(const LoadResult& result, const std::string& file) {
  std::ofstream out(file);
  for (const Acknowledgement& one : result.acknowledgements) {
    out << ExternalId(one.booking) << '\t' << CustomerEmail(one.booking) << '\t'
        << one.appointment_id << '\t' << one.contact_id << '\t' << one.delivery_id << '\n';
  }
  out.flush();
  if (!out) throw std::runtime_error("cannot write " + file);
}

void Print(const LoadResult& result) {
  std::printf("{\"ok\":%llu,\"other\":%llu,\"broken\":%llu,\"seconds\":%.3f,\"per_second\":%.1f",
              static_cast<unsigned long long>(result.ok),
              static_cast<unsigned long long>(result.other),
              static_cast<unsigned long long>(result.broken), result.seconds,
              static_cast<double>(result.ok) / result.seconds);
  if (!result.latencies.empty()) {
    std::printf(",\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f",
                Milliseconds(Percentile(result.latencies, 0.50)),
                Milliseconds(Percentile(result.latencies, 0.99)),
                Milliseconds(result.latencies.back()));
  }
  std::printf("}\n");
}

int Main(int argc, char** argv) {
  LoadOptions options;
  std::string acknowledgements;
  CLI::App app("Sends bookings to a gateway on 127.0.0.1");
  app.add_option("--port", options.port)->required();
  app.add_option("--path", options.path, "Of the webhook's URL")->required();
  app.add_option("--connections", options.connections)->check(CLI::PositiveNumber);
  app.add_option("--requests", options.requests)->check(CLI::PositiveNumber);
  app.add_option("--first", options.first_booking, "Number of the first booking");
  app.add_option("--repeat-every", options.repeat_every, "One of so many is a repeat; 0: none");
  app.add_option("--rate", options.rate, "Requests per second; 0: as fast as answers come");
  app.add_option("--acknowledgements", acknowledgements, "File for what was acknowledged");
  CLI11_PARSE(app, argc, argv);
  std::getline(std::cin, options.secret);  // Not an argument: those are for everybody to see.
  const LoadResult result = Load(std::move(options)).Run();
  if (!acknowledgements.empty()) WriteAcknowledgements(result, acknowledgements);
  Print(result);
  return 0;
}

}  // namespace
}  // namespace bookgate::bench

int main(int argc, char** argv) {
  try {
    return bookgate::bench::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "load_generator: %s\n", error.what());
    return 1;
  }
}
