// Webhooks as providers really send them, kept beside the project because they are other people's
// text: what every one of them must become. Where the folder is not there this says so and tests
// nothing.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "unit/plugin_cases/case_folder.hpp"
#include "unit/plugin_cases/driver.hpp"

namespace bookgate::plugin_cases {
namespace {

namespace fs = std::filesystem;
using json::Value;

/// One sample, and what it must become, as Told() puts it.
struct Sample {
  std::string provider;  ///< Folder and plugin.
  std::string file;
  std::string decision;
  /// Another sample that answers a look-up.
  std::string lookup_id{};
  std::string reply_file{};
};

const std::vector<Sample> kSamples = {
    {"calendly", "invitee-canceled-inline-with-question.json",
     "cancelled 00000000-0000-0000-0000-000000000003 2026-07-01T06:30:00Z"},
    {"calendly", "invitee-canceled-old-shape-by-host.json",
     "looks up event, so far cancelled AAAAAAAA -"},
    {"calendly", "invitee-canceled-old-shape-name-null.json",
     "looks up event, so far cancelled AHT4VZ5PQYFOSTFB -"},
    {"calendly", "invitee-created-inline.json",
     "booked 00000000-0000-0000-0000-000000000001 2026-06-10T06:30:00Z"},
    {"calendly", "invitee-created-old-shape.json",
     "looks up event, so far booked AHT4VZ5PQYFOSTFB -"},
    {"calendly", "invitee-created-with-phone-official-sample.json",
     "booked AAAAAAAAAAAAAAAA 2019-08-24T14:15:22Z"},
    {"calendly", "invitee-no-show-created.json",
     "no_show 00000000-0000-0000-0000-000000000001 2026-06-10T06:30:00Z"},
    {"calendly", "reschedule-new-half-invitee-created.json",
     "rescheduled 1a2b3c4d-5e6f-4a7b-8c9d-000000000002 2026-10-16T21:30:00Z, previous_external_id "
     "1a2b3c4d-5e6f-4a7b-8c9d-000000000001"},
    {"calendly", "reschedule-old-half-invitee-canceled.json",
     "cancelled 1a2b3c4d-5e6f-4a7b-8c9d-000000000001 2026-10-14T21:00:00Z, next_external_id "
     "1a2b3c4d-5e6f-4a7b-8c9d-000000000002"},
    {"calendly", "routing-form-submission-created.json", "ignored: routing_form_submission"},
    {"calcom", "booking-cancelled.json",
     "cancelled unique-booking-identifier 2024-01-04T10:00:00Z"},
    {"calcom", "booking-created-team-round-robin.json",
     "booked Qx7hN2bVtR4mK9pLsW3eYz 2026-07-15T09:00:00Z"},
    {"calcom", "booking-created.json", "booked unique-booking-id 2024-01-01T10:00:00Z"},
    {"calcom", "booking-no-show-updated.json", "no_show 5vQFqxDFMjdgKGMijqtqRw -"},
    {"calcom", "booking-paid.json", "updated unique-booking-uid 2024-01-02T10:00:00Z"},
    {"calcom", "booking-reassigned-round-robin.json",
     "updated unique-booking-id 2024-01-01T10:00:00Z"},
    {"calcom", "booking-rejected.json", "cancelled unique-booking-identifier 2024-01-01T15:00:00Z"},
    {"calcom", "booking-requested-pending.json", "ignored: awaiting_confirmation"},
    {"calcom", "booking-rescheduled.json",
     "rescheduled new-booking-unique-id 2024-01-10T14:30:00Z, previous_external_id "
     "previous-booking-unique-id"},
    {"calcom", "form-submitted.json", "ignored: form_submitted"},
    {"calcom", "instant-meeting-plain-responses.json", "ignored: instant_meeting"},
    {"calcom", "meeting-started-flat.json",
     "updated unique-booking-identifier 2024-01-01T10:00:00Z"},
    {"calcom", "ping.json", "ignored: ping"},
    {"square", "booking-created.json",
     "looks up customer service-0 host location, so far booked i2id2g3enyspi7 "
     "2020-12-17T16:00:00Z"},
    {"square", "booking-custom-attribute-visible-updated.json", "ignored: custom_attribute"},
    {"square", "booking-updated-cancelled-by-seller.json",
     "looks up customer, so far cancelled qblcsl8o4jzfpz 2026-02-12T20:00:00Z"},
    {"square", "booking-updated-note-changed.json",
     "looks up customer service-0 host location, so far rescheduled i2id2g3enyspi7 "
     "2020-12-17T16:00:00Z"},
    {"square", "webhooks-test-notification.txt", "ignored: test_notification"},
    {"acuity", "canceled.txt", "looks up appointment, so far cancelled 123456789 -"},
    {"acuity", "changed.txt", "looks up appointment"},
    {"acuity", "order-completed.txt", "ignored: order_completed"},
    {"acuity", "rescheduled.txt", "looks up appointment"},
    {"acuity", "scheduled-dotted-action.txt", "looks up appointment"},
    {"acuity", "scheduled-official-docs-curl.txt", "looks up appointment"},
    {"acuity", "scheduled.txt", "looks up appointment"},
    {"generic", "activepieces-flattened-savvycal.json", "booked evt_abc123 2024-06-01T10:00:00Z"},
    {"generic", "calcom-custom-payload-template.json", "rejected: body /customer_email missing"},
    {"generic", "gohighlevel-appointment-create.json", "rejected: body /customer_email missing"},
    {"generic", "intandem-vcita-appointment-scheduled.json",
     "rejected: body /customer_email missing"},
    {"generic", "youcanbookme-webhook-template.json", "rejected: body /email missing"},
    {"generic", "zapier-calendly-post-template.json", "rejected: body /lead/email missing"},
    {"generic", "zapier-catch-hook-flattened-field-names.txt", "rejected: body  not_json"},
    {"acuity", "scheduled-dotted-action.txt", "booked 399682887 2025-06-30T09:15:00Z",
     "appointment", "api-appointment-399682887-no-phone.json"},
    {"square", "booking-created.json", "booked i2id2g3enyspi7 2020-12-17T16:00:00Z", "customer",
     "api-retrieve-customer.json"},
};

fs::path SamplesFolder() {
  return fs::path(BOOKGATE_SOURCE_DIR) / ".." / "shared" / "providers" / "samples";
}

/// "ACTION ID START", with the ids that it is linked to.
std::string Told(Value event) {
  std::string told = event["action"].Text().value_or("?");
  told += " " + event["external_id"].Text().value_or("-");
  told += " " + event["start_time"].Text().value_or("-");
  for (const char* link : {"previous_external_id", "next_external_id"}) {
    if (const auto id = event[link].Text()) told += std::string(", ") + link + " " + *id;
  }
  return told;
}

std::string Told(const std::vector<Value>& events) {
  std::string told;
  for (const Value event : events) told += (told.empty() ? "" : "; ") + Told(event);
  return told;
}

std::string Told(const translate::Bookings& bookings) {
  return Told(bookings.events);
}

std::string Told(const translate::Ignore& ignore) {
  return "ignored: " + ignore.reason;
}

std::string Told(const translate::Reject& reject) {
  std::string told = "rejected:";
  for (const model::Problem& problem : reject.problems) {
    told += " " + problem.in + " " + problem.pointer + " " + problem.code;
  }
  return told;
}

std::string Told(const translate::NeedLookups& need) {
  std::string told = "looks up";
  for (const translate::Lookup& lookup : need.lookups) told += " " + lookup.id;
  if (!need.events_so_far.empty()) told += ", so far " + Told(need.events_so_far);
  return told;
}

std::string Told(const translate::Done& done) {
  return "done: " + done.subscription.id;
}

std::string Told(const translate::Failed& failed) {
  return "FAILED: " + failed.reason + ": " + failed.detail;
}

std::string Decide(translate::Runner& runner, const fs::path& folder, const Sample& sample) {
  const std::string body = ReadFile(folder / sample.file).value_or("");
  const bool form = sample.provider == "acuity";
  translate::StepInput input;
  input.body = body;
  input.content_type = form ? "application/x-www-form-urlencoded" : "application/json";
  translate::StepOutcome outcome = runner.Step(input);
  std::vector<translate::LookupReply> replies;
  if (!sample.reply_file.empty()) {
    replies.push_back({0, sample.lookup_id, "application/json",
                       ReadFile(folder / sample.reply_file).value_or(""), 200});
    input.replies = &replies;
    outcome = runner.Step(input);
  }
  return std::visit([](const auto& decided) { return Told(decided); }, outcome.result);
}

/// Webhooks only: what begins with api- is an answer of the provider's API.
std::vector<std::string> WebhooksIn(const fs::path& folder) {
  std::vector<std::string> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("api-")) files.push_back(name);
  }
  std::sort(files.begin(), files.end());
  return files;
}

void RunProvider(const std::string& provider) {
  const fs::path folder = SamplesFolder() / provider;
  if (!fs::is_directory(folder)) {
    MESSAGE("skipped: there is no folder " << folder.string());
    return;
  }
  const auto plugin = FindPlugin(provider);
  REQUIRE(plugin);
  auto loaded = Load(*plugin, "{}");
  REQUIRE(std::holds_alternative<translate::Plugin>(loaded));
  translate::Runner& runner = *std::get<translate::Plugin>(loaded).runner;
  for (const std::string& file : WebhooksIn(folder)) {
    const bool expected = std::any_of(kSamples.begin(), kSamples.end(), [&](const Sample& sample) {
      return sample.provider == provider && sample.file == file;
    });
    CHECK_MESSAGE(expected, provider << "/" << file << ": nothing is expected of this sample; it "
                                     << "is " << Decide(runner, folder, {provider, file, ""}));
  }
  for (const Sample& sample : kSamples) {
    if (sample.provider != provider) continue;
    CHECK_MESSAGE(fs::exists(folder / sample.file), sample.file);
    const std::string decision = Decide(runner, folder, sample);
    CHECK_MESSAGE(decision == sample.decision, provider << "/" << sample.file);
  }
}

TEST_CASE("calendly: genuine webhooks") {
  RunProvider("calendly");
}
TEST_CASE("calcom: genuine webhooks") {
  RunProvider("calcom");
}
TEST_CASE("square: genuine webhooks") {
  RunProvider("square");
}
TEST_CASE("acuity: genuine webhooks") {
  RunProvider("acuity");
}
TEST_CASE("generic: what no-code tools really send") {
  RunProvider("generic");
}

}  // namespace
}  // namespace bookgate::plugin_cases
