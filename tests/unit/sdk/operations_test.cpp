// Parameters of operations, what is wrong with an answer, and pages cut to results.
#include <doctest/doctest.h>
#include <bookgate/operations.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace bookgate {
namespace {

/// "IN POINTER CODE" of the first problem.
std::string Told(const Reject& reject) {
  const Problem& problem = reject.problems.front();
  return problem.in + " " + problem.pointer + " " + problem.code;
}

template <class Read>
std::string Told(const std::variant<Read, Reject>& read) {
  const Reject* reject = std::get_if<Reject>(&read);
  return reject == nullptr ? "read" : Told(*reject);
}

TEST_CASE("register_webhook: a URL, and events if any are wanted in particular") {
  const auto read =
      ReadRegisterParameters(R"({"url": "https://a.example/x", "events": ["one", "two"]})");
  REQUIRE(std::holds_alternative<RegisterParameters>(read));
  CHECK(std::get<RegisterParameters>(read).url == "https://a.example/x");
  CHECK(std::get<RegisterParameters>(read).events == std::vector<std::string>{"one", "two"});
  CHECK(Told(ReadRegisterParameters(R"({"url": "https://a.example"})")) == "read");
  CHECK(Told(ReadRegisterParameters(R"({"url": "https://a.example", "events": null})")) == "read");
}

TEST_CASE("register_webhook: what is wrong with its parameters") {
  CHECK(Told(ReadRegisterParameters("")) == "parameters  not_json");
  CHECK(Told(ReadRegisterParameters("[]")) == "parameters  not_json");
  CHECK(Told(ReadRegisterParameters("{}")) == "parameters /url missing");
  CHECK(Told(ReadRegisterParameters(R"({"url": {}})")) == "parameters /url missing");
  CHECK(Told(ReadRegisterParameters(R"({"url": ")" + std::string(2049, 'x') + "\"}")) ==
        "parameters /url too_long");
  CHECK(Told(ReadRegisterParameters(R"({"url": "u", "events": "one"})")) ==
        "parameters /events bad_type");
  CHECK(Told(ReadRegisterParameters(R"({"url": "u", "events": ["one", {}]})")) ==
        "parameters /events/1 bad_type");
  CHECK(Told(ReadRegisterParameters(R"({"url": "u", "events": [")" + std::string(129, 'x') +
                                    "\"]}")) == "parameters /events/0 bad_type");
}

TEST_CASE("a subscription's id must be able to stand in a path") {
  const auto read = ReadSubscriptionParameter(R"({"subscription": 17})");
  REQUIRE(std::holds_alternative<std::string>(read));
  CHECK(std::get<std::string>(read) == "17");
  CHECK(Told(ReadSubscriptionParameter("{}")) == "parameters /subscription missing");
  CHECK(Told(ReadSubscriptionParameter(R"({"subscription": ".."})")) ==
        "parameters /subscription bad_id");
  CHECK(Told(ReadSubscriptionParameter(R"({"subscription": ")" + std::string(256, 'x') + "\"}")) ==
        "parameters /subscription bad_id");
}

/// list_bookings with those parameters, begun on 2026-05-20.
std::variant<ListParameters, Reject> ReadList(std::string_view parameters) {
  bkg_step_input raw{};
  raw.parameters = {parameters.data(), parameters.size()};
  raw.received_at_ms = 1'779'235'200'000;
  return ReadListParameters(StepInput(raw));
}

TEST_CASE("list_bookings: since, until and cursor") {
  auto read = ReadList(
      R"({"since": "2026-05-01T00:00:00+02:00", "until": "2026-05-08T00:00:00Z", "cursor": "c"})");
  REQUIRE(std::holds_alternative<ListParameters>(read));
  CHECK(FormatTimestamp(std::get<ListParameters>(read).since) == "2026-04-30T22:00:00Z");
  CHECK(FormatTimestamp(std::get<ListParameters>(read).until) == "2026-05-08T00:00:00Z");
  CHECK(std::get<ListParameters>(read).cursor == "c");
  read = ReadList(R"({"since": "2026-05-01T00:00:00Z"})");
  REQUIRE(std::holds_alternative<ListParameters>(read));
  CHECK(FormatTimestamp(std::get<ListParameters>(read).until) == "2026-05-20T00:00:00Z");
  CHECK(std::get<ListParameters>(read).cursor == "");
}

TEST_CASE("list_bookings: what is wrong with its parameters") {
  CHECK(Told(ReadList("1")) == "parameters  not_json");
  CHECK(Told(ReadList("{}")) == "parameters /since missing");
  CHECK(Told(ReadList(R"({"since": "yesterday"})")) == "parameters /since bad_timestamp");
  // Whose wall clock would that be?
  CHECK(Told(ReadList(R"({"since": "2026-05-01T00:00:00"})")) == "parameters /since bad_timestamp");
  CHECK(Told(ReadList(R"({"since": "2026-05-01T00:00:00Z", "until": "x"})")) ==
        "parameters /until bad_timestamp");
  CHECK(Told(ReadList(R"({"since": "2026-05-01T00:00:00Z", "until": "2026-04-01T00:00:00Z"})")) ==
        "parameters /until before_since");
  CHECK(Told(ReadList(R"({"since": "2026-05-01T00:00:00Z", "cursor": ")" + std::string(4097, 'x') +
                      "\"}")) == "parameters /cursor bad_cursor");
}

TEST_CASE("what was missed: changed since, and made by until") {
  const ListParameters window{{1000, true}, {2000, true}, ""};
  const auto at = [](std::int64_t time) { return Timestamp{time, true}; };
  CHECK(window.Covers(at(1500), at(1500)));
  CHECK(window.Covers(at(1000), at(1000)));
  CHECK(window.Covers(at(2000), at(2000)));
  // Made long before, moved during the outage; or made in it and moved since.
  CHECK(window.Covers(at(10), at(1500)));
  CHECK(window.Covers(at(1500), at(9000)));
  CHECK_FALSE(window.Covers(at(10), at(999)));
  CHECK_FALSE(window.Covers(at(2001), at(2001)));
  CHECK(window.Covers(std::nullopt, std::nullopt));
}

std::string Told(const std::optional<Reject>& reject) {
  if (!reject) return "ok";
  const Problem& problem = reject->problems.front();
  return problem.in + " " + problem.code + ": " + problem.message;
}

TEST_CASE("a useless reply: why, in a code and in words") {
  const auto told = [](std::uint32_t outcome, std::uint32_t status, std::string_view needs) {
    return Told(RejectUseless({outcome, status, "", ""}, "me", "Acme", needs));
  };
  CHECK(told(BKG_LOOKUP_ANSWERED, 204, "") == "ok");
  CHECK(told(BKG_LOOKUP_ANSWERED, 401, "the scope a:b") ==
        "lookup:me credential_refused: Acme refused the credential with status 401: it is not "
        "valid any more");
  CHECK(told(BKG_LOOKUP_ANSWERED, 403, "the scope a:b") ==
        "lookup:me credential_refused: Acme refused the credential with status 403: it lacks the "
        "scope a:b, or its owner may not do this");
  CHECK(told(BKG_LOOKUP_ANSWERED, 403, "") ==
        "lookup:me credential_refused: Acme refused the credential with status 403: its owner may "
        "not do this");
  CHECK(told(BKG_LOOKUP_ANSWERED, 429, "") ==
        "lookup:me provider_unavailable: Acme's API answered with status 429");
  CHECK(told(BKG_LOOKUP_ANSWERED, 503, "") ==
        "lookup:me provider_unavailable: Acme's API answered with status 503");
  CHECK(told(BKG_LOOKUP_ANSWERED, 400, "") ==
        "lookup:me provider_refused: Acme's API answered with status 400");
  CHECK(told(BKG_LOOKUP_FAILED, 0, "") ==
        "lookup:me provider_unavailable: Acme's API could not be reached");
  CHECK(told(BKG_LOOKUP_DENIED, 0, "") ==
        "lookup:me lookup_denied: requests to Acme are not allowed, or no credential is set");
  CHECK(told(77, 0, "") == "lookup:me provider_unavailable: Acme's API could not be reached");
}

/// A step that has those replies.
class Replies {
 public:
  explicit Replies(const std::vector<std::pair<std::string, std::uint32_t>>& statuses)
      : ids_(statuses) {
    for (const auto& [id, status] : ids_) {
      bkg_lookup_reply reply{};
      reply.struct_size = sizeof(reply);
      reply.id = {id.data(), id.size()};
      reply.http_status = status;
      structs_.push_back(reply);
    }
    for (const bkg_lookup_reply& reply : structs_) pointers_.push_back(&reply);
    raw_.replies = pointers_.data();
    raw_.reply_count = pointers_.size();
  }
  StepInput input() const { return StepInput(raw_); }

 private:
  const std::vector<std::pair<std::string, std::uint32_t>> ids_;
  std::vector<bkg_lookup_reply> structs_;
  std::vector<const bkg_lookup_reply*> pointers_;
  bkg_step_input raw_{};
};

std::vector<Lookup> Removals(std::size_t count) {
  std::vector<Lookup> removals(count);
  for (std::size_t i = 0; i < count; ++i) removals[i].id = std::to_string(i);
  return removals;
}

/// How many requests are asked for next; 0 if none; -1 for a Reject.
int AskedNext(const std::vector<std::pair<std::string, std::uint32_t>>& statuses,
              std::size_t removals) {
  const Replies replies(statuses);
  const auto decision = RemoveEach(replies.input(), Removals(removals), "Acme", "");
  if (!decision) return 0;
  const auto* need = std::get_if<NeedLookups>(&*decision);
  return need == nullptr ? -1 : static_cast<int>(need->lookups.size());
}

TEST_CASE("removals: a round's worth after the other, and what is gone is gone") {
  CHECK(AskedNext({}, 0) == 0);
  CHECK(AskedNext({}, 3) == 3);
  CHECK(AskedNext({}, 20) == 8);
  CHECK(AskedNext({{"0", 204}, {"1", 404}}, 3) == 1);
  CHECK(AskedNext({{"0", 204}, {"1", 404}, {"2", 200}}, 3) == 0);
  CHECK(AskedNext({{"0", 403}}, 3) == -1);
  CHECK(AskedNext({{"0", 500}}, 1) == -1);
}

TEST_CASE("removals end, however many there are") {
  constexpr int kGone = 24;
  std::vector<std::pair<std::string, std::uint32_t>> gone;
  gone.reserve(kGone);
  for (int i = 0; i < kGone; ++i) gone.emplace_back(std::to_string(i), 204);
  CHECK(AskedNext(gone, 100) == 0);
}

TEST_CASE("a subscription is described by what fits") {
  const auto document =
      json::Document::Parse(R"({"url": "https://a.example", "long": ")" + std::string(3000, 'x') +
                            R"(", "events": ["one", 2, {}, ")" + std::string(200, 'y') + R"("]})");
  REQUIRE(document);
  const json::Value root = document->root();
  Subscription subscription =
      DescribeSubscription("7", Subscription::State::kDisabled, root["url"], root["events"]);
  CHECK(subscription.id == "7");
  CHECK(subscription.state == Subscription::State::kDisabled);
  CHECK(subscription.url == "https://a.example");
  CHECK(subscription.events == std::vector<std::string>{"one", "2"});
  subscription = DescribeSubscription("7", Subscription::State::kActive, root["long"], root["url"]);
  CHECK(subscription.url == "");
  CHECK(subscription.events.empty());
  CHECK(DoneMissing("7").subscription.state == Subscription::State::kMissing);
}

TEST_CASE("an answer's status is only one of an answer") {
  CHECK(HasStatus({BKG_LOOKUP_ANSWERED, 404, "", ""}, 404));
  CHECK_FALSE(HasStatus({BKG_LOOKUP_ANSWERED, 200, "", ""}, 404));
  CHECK_FALSE(HasStatus({BKG_LOOKUP_FAILED, 404, "", ""}, 404));
}

std::vector<Booking> Page(std::size_t count, std::size_t note_bytes) {
  std::vector<Booking> page(count);
  for (std::size_t i = 0; i < count; ++i) {
    page[i].external_id = std::to_string(i);
    page[i].notes = std::string(note_bytes, 'n');
  }
  return page;
}

TEST_CASE("a page that fits is taken whole") {
  const PagePart part = TakePart(Page(3, 10), 0);
  CHECK(part.events.size() == 3);
  CHECK(part.next == 3);
  CHECK(TakePart(Page(3, 10), 3).events.empty());
  CHECK(TakePart(Page(3, 10), 99).next == 3);
  CHECK(TakePart({}, 0).next == 0);
}

TEST_CASE("a page of too many or too large events is taken in parts, each event once") {
  for (const std::vector<Booking>& page : {Page(450, 10), Page(120, 4'000)}) {
    std::size_t taken = 0;
    for (std::size_t from = 0; from < page.size();) {
      const PagePart part = TakePart(page, from);
      REQUIRE_FALSE(part.events.empty());
      CHECK(part.events.size() <= 200);
      CHECK(ToJson(Bookings{part.events}).size() < 262'144);
      CHECK(part.events.front().external_id == std::to_string(from));
      CHECK(part.next == from + part.events.size());
      taken += part.events.size();
      from = part.next;
    }
    CHECK(taken == page.size());
  }
}

TEST_CASE("an event that alone is too large loses its answers") {
  std::vector<Booking> page = Page(2, 10);
  page[0].answers.assign(100, {"q", std::string(4'000, 'a')});
  const PagePart part = TakePart(page, 0);
  REQUIRE(part.events.size() == 2);
  CHECK(part.events[0].answers.empty());
}

}  // namespace
}  // namespace bookgate
