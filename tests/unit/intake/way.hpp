/// \file way.hpp
/// The way of a delivery with fakes at its ends, for tests that send requests along it.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "intake/intake.hpp"
#include "support/fake_fetcher.hpp"

namespace bookgate::tests {

inline const base::Instant kNow{std::chrono::seconds(1'800'000'000)};
inline constexpr const char* kOrg = "abcdefgh12345678";

/// Decides whatever the test says.
class FakeRunner : public translate::Runner {
 public:
  explicit FakeRunner(std::string document) : document_(std::move(document)) {}
  translate::StepOutcome Step(const translate::StepInput& input) override {
    seen_headers = input.headers == nullptr ? 0 : input.headers->size();
    translate::StepOutcome outcome;
    auto document = std::make_shared<json::Document>(*json::Document::Parse(document_));
    const json::Value root = document->root();
    std::string kind = *root["outcome"].Text();
    // Nothing that is answered is of use.
    if (kind == "need_lookups" && input.replies && !input.replies->empty()) kind = "reject";
    if (kind == "bookings") outcome.result = translate::Bookings{List(root["events"]), {}};
    if (kind == "ignore") outcome.result = translate::Ignore{*root["reason"].Text()};
    if (kind == "reject") {
      outcome.result = translate::Reject{{{"body", "/email", "missing", "is missing"}}};
    }
    if (kind == "need_lookups") {
      const bool required = root["required"].Bool().value_or(false);
      outcome.result = translate::NeedLookups{{{"x", "api.example.com", "/x", {}, required}},
                                              List(root["events"])};
    }
    if (kind == "failed") outcome.result = translate::Failed{"puts_nothing", "put no result"};
    outcome.document = std::move(document);
    return outcome;
  }

  std::size_t seen_headers = 0;

 private:
  static std::vector<json::Value> List(json::Value list) {
    std::vector<json::Value> values;
    for (std::size_t i = 0; i < list.size(); ++i) values.push_back(list[i]);
    return values;
  }

  const std::string document_;
};

/// Commits everything at once, as appointment 12 of contact 7, unless told otherwise.
class FakeSink : public store::BookingSink {
 public:
  bool Submit(store::WriteJob& job) override {
    if (full) return false;
    store::WriteJob taken = std::move(job);
    store::Written written;
    written.outcome = taken.outcome;
    for (std::size_t i = 0; i < taken.events.size(); ++i) {
      written.appointments.push_back(
          {12 + static_cast<std::int64_t>(i), 7, true, false, model::AppointmentStatus::kBooked});
    }
    store::WriteDone done = std::move(taken.done);
    jobs.push_back(std::move(taken));
    if (down) {
      done(base::Unavailable("gone"));
    } else {
      done(std::move(written));
    }
    return true;
  }

  bool full = false;
  bool down = false;
  std::vector<store::WriteJob> jobs;
};

struct FakeObserver : intake::Observer, lookup::LookupObserver {
  void OnDelivery(const intake::DeliveryReport& report) override { reports.push_back(report); }
  void OnLookup(const std::string&, std::string_view outcome, double) override {
    lookups.emplace_back(outcome);
  }
  void OnFinished(const intake::FinishReport& report) override { finished.push_back(report); }
  void OnAuthFailure(std::string_view reason) override { failures.emplace_back(reason); }
  void OnTranslated(const std::string&, double, std::string_view failure) override {
    translator_failures.emplace_back(failure);
  }
  std::vector<intake::DeliveryReport> reports;
  std::vector<std::string> failures;
  std::vector<std::string> translator_failures;
  std::vector<intake::FinishReport> finished;
  std::vector<std::string> lookups;
};

inline translate::RecognitionTest HasHeader(const std::string& name) {
  translate::RecognitionTest test;
  test.where = name;
  return test;
}

inline translate::Plugin MakePlugin(const std::string& provider, translate::OnReject on_reject,
                                    const std::string& document, const std::string& header = {}) {
  translate::Plugin plugin;
  plugin.manifest.provider = provider;
  plugin.manifest.on_reject = on_reject;
  plugin.manifest.headers = {"x-event", "x-signature"};
  plugin.manifest.signature.header = "x-signature";
  if (!header.empty()) plugin.manifest.recognise = {{HasHeader(header)}};
  plugin.runner = std::make_unique<FakeRunner>(document);
  return plugin;
}

inline constexpr const char* kBooking =
    R"({"outcome":"bookings","events":[{"customer_email":"a@example.com","external_id":"1"}]})";

struct Way {
  auth::SecretHasher hasher{std::vector<std::uint8_t>(32, 1)};
  auth::Directory directory;
  auth::RateLimiter org_limit{1000, 1000};
  auth::RateLimiter failure_limit{0.001, 3};
  FakeFetcher fetcher;
  const auth::Sealer sealer{std::vector<std::uint8_t>(32, 2)};
  FakeObserver observer;
  lookup::Asker asker{fetcher, sealer, observer, [] { return kNow; }};
  FakeSink sink;
  const std::string secret = auth::GenerateSecret();
  std::function<void()> wake_finisher = [] {};
  const std::string public_url = "https://hooks.example.com";

  Way() {
    fetcher.answer = [](const lookup::FetchRequest&) {
      return lookup::FailedReply(lookup::FetchEnd::kUnreachable);
    };
    directory.Update({Org()});
  }

  model::Org Org() const {
    model::Org org;
    org.id = 1;
    org.public_id = kOrg;
    org.endpoint = model::EndpointState::kActive;
    org.secret_hash = hasher.Hash(secret);
    org.version = 1;
    return org;
  }

  http::Request Request() const {
    http::Request request;
    request.method = "POST";
    request.headers = {{"authorization", "Bearer " + secret},
                       {"content-type", "application/json"},
                       {"cookie", "session=secret"},
                       {"x-event", "created"},
                       {"x-signature", "sig"},
                       {"idempotency-key", "k1"},
                       {"x-other", "unwanted"}};
    request.query = {{"token", secret}, {"page", "2"}};
    request.body = "{}";
    request.remote_address = "192.0.2.1";
    request.received_at = kNow;
    return request;
  }

  intake::Stages MakeStages() {
    return {directory,           hasher,     org_limit, failure_limit, asker, sink, observer,
            [] { return kNow; }, public_url, {},        wake_finisher};
  }

  /// Sends to one plugin of that document.
  http::Answer Send(const std::string& document,
                    translate::OnReject on_reject = translate::OnReject::kRefuse) {
    std::vector<translate::Plugin> plugins;
    plugins.push_back(MakePlugin("generic", on_reject, document));
    return Send(std::move(plugins), std::nullopt, Request());
  }

  http::Answer Send(std::vector<translate::Plugin> plugins, std::optional<std::string> provider,
                    http::Request request, const std::string& org = kOrg) {
    intake::Intake way(MakeStages(), std::make_shared<translate::Registry>(std::move(plugins)));
    std::optional<http::Answer> got;
    way.Receive(std::move(request), {org, std::move(provider)},
                [&](http::Answer answer) { got = std::move(answer); });
    REQUIRE(got);
    return *std::move(got);
  }
};

inline bool Holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace bookgate::tests
