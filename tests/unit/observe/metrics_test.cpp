// What /metrics shows after things happened, and that strangers cannot make it grow.
#include <doctest/doctest.h>

#include <sstream>
#include <thread>

#include "observe/metrics.hpp"

namespace {

using bookgate::observe::Metrics;

/// The value of the one line that begins with that series; "" if it is not there.
std::string ValueOf(const Metrics& metrics, const std::string& series) {
  std::istringstream text(metrics.Render());
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with(series + " ")) return line.substr(series.size() + 1);
  }
  return "";
}

std::size_t CountLines(const Metrics& metrics, const std::string& begin) {
  std::istringstream text(metrics.Render());
  std::size_t count = 0;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with(begin)) ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("deliveries are counted by provider and outcome, and timed by provider") {
  Metrics metrics("1.2.3");
  metrics.AddProviders({"calendly", "generic"});
  metrics.OnDelivery("calendly", "stored", 0.002);
  metrics.OnDelivery("calendly", "stored", 0.2);
  metrics.OnDelivery("calendly", "dead", 0.01);
  metrics.OnDelivery("generic", "stored", 20);
  CHECK(ValueOf(metrics, "bookgate_deliveries_total{outcome=\"stored\",provider=\"calendly\"}") ==
        "2");
  CHECK(ValueOf(metrics, "bookgate_deliveries_total{outcome=\"dead\",provider=\"calendly\"}") ==
        "1");
  CHECK(ValueOf(metrics, "bookgate_deliveries_total{outcome=\"stored\",provider=\"generic\"}") ==
        "1");
  CHECK(ValueOf(metrics, "bookgate_delivery_seconds_count{provider=\"calendly\"}") == "3");
  CHECK(ValueOf(metrics, "bookgate_delivery_seconds_bucket{provider=\"calendly\",le=\"0.0025\"}") ==
        "1");
  CHECK(ValueOf(metrics, "bookgate_delivery_seconds_bucket{provider=\"generic\",le=\"10\"}") ==
        "0");
  CHECK(ValueOf(metrics, "bookgate_delivery_seconds_bucket{provider=\"generic\",le=\"+Inf\"}") ==
        "1");
  CHECK(ValueOf(metrics, "bookgate_delivery_seconds_sum{provider=\"generic\"}") == "20");
}

TEST_CASE("what authentication, translators and the store tell") {
  Metrics metrics("1.2.3");
  metrics.AddProviders({"square"});
  metrics.OnAuthFailure("wrong_credential");
  metrics.OnTranslated("square", 0.00002);
  metrics.OnTranslatorFailure("square", "timed_out");
  metrics.OnCommit(128, 0.003);
  metrics.OnCommit(1, 0.001);
  metrics.OnStoreRetry("deadlock");
  metrics.OnStoreRetry("deadlock");
  metrics.SetQueueDepth(42);
  CHECK(ValueOf(metrics, "bookgate_auth_failures_total{reason=\"wrong_credential\"}") == "1");
  CHECK(ValueOf(metrics, "bookgate_translator_seconds_count{provider=\"square\"}") == "1");
  CHECK(ValueOf(metrics,
                "bookgate_translator_failures_total{provider=\"square\",reason=\"timed_out\"}") ==
        "1");
  CHECK(ValueOf(metrics, "bookgate_store_batch_size_sum") == "129");
  CHECK(ValueOf(metrics, "bookgate_store_batch_size_bucket{le=\"1\"}") == "1");
  CHECK(ValueOf(metrics, "bookgate_store_commit_seconds_count") == "2");
  CHECK(ValueOf(metrics, "bookgate_store_retries_total{reason=\"deadlock\"}") == "2");
  CHECK(ValueOf(metrics, "bookgate_queue_depth") == "42");
  metrics.SetQueueDepth(0);
  CHECK(ValueOf(metrics, "bookgate_queue_depth") == "0");
}

TEST_CASE("held deliveries: every reason of the contract from the start, and back to 0") {
  Metrics metrics("1");
  for (const char* reason :
       {"lookup_pending", "database_unavailable", "not_understood", "plugin_failed"}) {
    CHECK(ValueOf(metrics, "bookgate_held_deliveries{reason=\"" + std::string(reason) + "\"}") ==
          "0");
  }
  metrics.SetHeldDeliveries({{"not_understood", 3}, {"some_other", 2}, {"A", 4}, {"B", 5}});
  CHECK(ValueOf(metrics, "bookgate_held_deliveries{reason=\"not_understood\"}") == "3");
  CHECK(ValueOf(metrics, "bookgate_held_deliveries{reason=\"some_other\"}") == "2");
  CHECK(ValueOf(metrics, "bookgate_held_deliveries{reason=\"other\"}") == "9");
  metrics.SetHeldDeliveries({{"lookup_pending", 1}});
  CHECK(ValueOf(metrics, "bookgate_held_deliveries{reason=\"lookup_pending\"}") == "1");
  CHECK(ValueOf(metrics, "bookgate_held_deliveries{reason=\"not_understood\"}") == "0");
  CHECK(ValueOf(metrics, "bookgate_held_deliveries{reason=\"some_other\"}") == "0");
  CHECK(ValueOf(metrics, "bookgate_held_deliveries{reason=\"other\"}") == "0");
}

TEST_CASE("the version and the process") {
  const Metrics metrics("1.2.3");
  CHECK(ValueOf(metrics, "bookgate_build_info{version=\"1.2.3\"}") == "1");
  for (const char* name : {"process_resident_memory_bytes", "process_virtual_memory_bytes",
                           "process_open_fds", "process_max_fds", "process_start_time_seconds"}) {
    CHECK_MESSAGE(std::stod("0" + ValueOf(metrics, name)) > 0, name);
  }
  CHECK(metrics.Render().find("# TYPE process_cpu_seconds_total counter\n") != std::string::npos);
}

TEST_CASE("strangers cannot make labels") {
  Metrics metrics("1");
  metrics.AddProviders({"generic"});
  for (int i = 0; i < 1000; ++i) {
    const std::string made_up = "made_up_" + std::to_string(i);
    metrics.OnDelivery(made_up, made_up, 0.1);
    metrics.OnAuthFailure(made_up);
    metrics.OnTranslated(made_up, 0.1);
    metrics.OnTranslatorFailure("generic", made_up);
    metrics.OnStoreRetry(made_up);
  }
  CHECK(ValueOf(metrics, "bookgate_delivery_seconds_count{provider=\"unknown\"}") == "1000");
  CHECK(CountLines(metrics, "bookgate_delivery_seconds_count") == 2);
  CHECK(CountLines(metrics, "bookgate_translator_seconds_count") == 2);
  CHECK(CountLines(metrics, "bookgate_deliveries_total{") == 65);
  CHECK(CountLines(metrics, "bookgate_auth_failures_total{") == 65);
  CHECK(CountLines(metrics, "bookgate_translator_failures_total{") == 65);
  CHECK(CountLines(metrics, "bookgate_store_retries_total{") == 65);
  CHECK(ValueOf(metrics, "bookgate_auth_failures_total{reason=\"other\"}") == "936");
}

TEST_CASE("a reason that is no token counts as other") {
  Metrics metrics("1");
  const std::vector<std::string> no_tokens = {
      "", "Has Capitals", "a b", "a\"b", "a\nb", "é", "a-b", std::string(65, 'a')};
  for (const std::string& reason : no_tokens) metrics.OnAuthFailure(reason);
  CHECK(ValueOf(metrics, "bookgate_auth_failures_total{reason=\"other\"}") ==
        std::to_string(no_tokens.size()));
  CHECK(CountLines(metrics, "bookgate_auth_failures_total{") == 1);
}

TEST_CASE("providers that come with a reload count from then on, and the old ones go on") {
  Metrics metrics("1");
  metrics.AddProviders({"generic"});
  metrics.OnDelivery("generic", "stored", 0.1);
  metrics.OnDelivery("late", "stored", 0.1);
  metrics.AddProviders({"late"});
  metrics.OnDelivery("generic", "stored", 0.1);
  metrics.OnDelivery("late", "stored", 0.1);
  CHECK(ValueOf(metrics, "bookgate_deliveries_total{outcome=\"stored\",provider=\"generic\"}") ==
        "2");
  CHECK(ValueOf(metrics, "bookgate_deliveries_total{outcome=\"stored\",provider=\"late\"}") == "1");
  CHECK(ValueOf(metrics, "bookgate_deliveries_total{outcome=\"stored\",provider=\"unknown\"}") ==
        "1");
}

TEST_CASE("nothing is lost between threads, reloads and scrapes") {
  Metrics metrics("1");
  metrics.AddProviders({"generic"});
  constexpr int kThreads = 4, kEach = 2000;
  std::vector<std::jthread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&metrics] {
      for (int j = 0; j < kEach; ++j) metrics.OnDelivery("generic", "stored", 0.001);
    });
  }
  for (int i = 0; i < 20; ++i) {
    metrics.AddProviders({"p" + std::to_string(i)});
    CHECK_FALSE(metrics.Render().empty());
  }
  threads.clear();
  CHECK(ValueOf(metrics, "bookgate_deliveries_total{outcome=\"stored\",provider=\"generic\"}") ==
        std::to_string(kThreads * kEach));
  CHECK(ValueOf(metrics, "bookgate_delivery_seconds_count{provider=\"generic\"}") ==
        std::to_string(kThreads * kEach));
}
