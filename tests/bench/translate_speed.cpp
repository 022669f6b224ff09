// How long translating alone takes: every plugin that the configuration enables, on the bodies of
// its own cases that give bookings. Prints JSON: microseconds a body, and how many bodies there
// were.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "config/load.hpp"
#include "translate/registry.hpp"

namespace bookgate::bench {
namespace {

namespace fs = std::filesystem;

struct Sample {
  std::string body;
  std::string content_type;
};

translate::StepOutcome Translate(translate::Runner& runner, const Sample& sample) {
  static const std::vector<model::Field> nothing;
  translate::StepInput input;
  input.received_at_ms = 1'924'992'000'000;  // Some time in 2031.
  input.body = sample.body;
  input.content_type = sample.content_type;
  input.headers = &nothing;
  input.query = &nothing;
  return runner.Step(input);
}

std::string ReadFile(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Of the cases that need nothing but a body.
std::vector<Sample> ReadSamples(const fs::path& cases) {
  std::vector<Sample> samples;
  if (!fs::is_directory(cases)) return samples;
  for (const fs::directory_entry& entry : fs::directory_iterator(cases)) {
    if (fs::exists(entry.path() / "request.json")) continue;
    const fs::path json = entry.path() / "body.json";
    const fs::path form = entry.path() / "body.txt";
    if (fs::exists(json)) samples.push_back({ReadFile(json), "application/json"});
    if (fs::exists(form)) samples.push_back({ReadFile(form), "application/x-www-form-urlencoded"});
  }
  return samples;
}

std::vector<Sample> SamplesWithBookings(const translate::Plugin& plugin, const fs::path& plugins) {
  std::vector<Sample> samples = ReadSamples(plugins / plugin.manifest.provider / "cases");
  std::erase_if(samples, [&](const Sample& sample) {
    const translate::StepOutcome outcome = Translate(*plugin.runner, sample);
    return !std::holds_alternative<translate::Bookings>(outcome.result);
  });
  return samples;
}

double MicrosecondsEach(translate::Runner& runner, const std::vector<Sample>& samples) {
  constexpr std::size_t kSteps = 20'000;
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < kSteps; ++i) Translate(runner, samples[i % samples.size()]);
  const std::chrono::duration<double, std::micro> taken = std::chrono::steady_clock::now() - start;
  return taken.count() / kSteps;
}

double MedianOfThree(translate::Runner& runner, const std::vector<Sample>& samples) {
  std::array<double, 3> rounds{};
  for (double& round : rounds) round = MicrosecondsEach(runner, samples);
  std::sort(rounds.begin(), rounds.end());
  return rounds[1];
}

config::PluginsSettings LoadSettings(const std::string& file) {
  config::LoadResult loaded = config::Load(file);
  auto* settings = std::get_if<config::Settings>(&loaded);
  if (settings == nullptr) throw std::runtime_error("the configuration has problems");
  return settings->plugins;
}

int Main(int argc, char** argv) {
  std::string config;
  std::string plugins;
  CLI::App app("Measures translators");
  app.add_option("--config", config, "Of a gateway; its plugins are loaded")->required();
  app.add_option("--plugins", plugins, "The folder plugins/ of the checkout")->required();
  CLI11_PARSE(app, argc, argv);

  const translate::LoadedRegistry loaded = translate::LoadRegistry(LoadSettings(config));
  const char* separator = "{";
  for (const translate::Plugin& plugin : loaded.registry->plugins()) {
    const std::vector<Sample> samples = SamplesWithBookings(plugin, plugins);
    if (samples.empty()) continue;
    std::printf("%s\"%s\":{\"microseconds\":%.2f,\"bodies\":%zu}", separator,
                plugin.manifest.provider.c_str(), MedianOfThree(*plugin.runner, samples),
                samples.size());
    separator = ",";
  }
  std::printf("%s}\n", *separator == '{' ? "{" : "");
  return 0;
}

}  // namespace
}  // namespace bookgate::bench

int main(int argc, char** argv) {
  try {
    return bookgate::bench::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "translate_speed: %s\n", error.what());
    return 1;
  }
}
