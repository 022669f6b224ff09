// Every order of arrival ends in the same row. Stories of bookings are told in every order of up to
// five events, and in random orders with repetitions where they are longer, to the pure rules with
// nothing but a list of bookings around them; what they end in is compared with what is true by the
// story itself. A seed that fails is printed.
#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "booking/event_order.hpp"
#include "booking/rules.hpp"
#include "support/booking_story.hpp"

namespace {

using namespace bookgate;
using booking::PastEvent;
using tests::Story;
using tests::StoryEnd;

/// What the store does with tables, done with a list.
class Bookings {
 public:
  void Receive(const model::BookingEvent& event) {
    model::Delivery delivery;
    delivery.received_at = base::Instant(std::chrono::minutes(++arrivals_));
    delivery.id = base::Uuid::Version7(delivery.received_at);
    const PastEvent past = booking::Remember(event, delivery, 0);
    std::vector<PastEvent> known;
    std::erase_if(all_, [&](const std::vector<PastEvent>& history) {
      if (!Shares(history, past)) return false;
      known = booking::Merge(std::move(known), history);
      return true;
    });
    all_.push_back(booking::Decide(known, past).history);
  }

  /// The one that has the id now; nullptr if none has.
  const std::vector<PastEvent>* Find(const std::string& external_id) const {
    for (const std::vector<PastEvent>& history : all_) {
      if (booking::Settle(history).external_id == external_id) return &history;
    }
    return nullptr;
  }

  std::size_t size() const { return all_.size(); }

 private:
  static bool Shares(const std::vector<PastEvent>& history, const PastEvent& event) {
    const std::map<std::string, int> ids = booking::Generations(history);
    const std::vector<std::string> named = booking::IdsOf(event);
    return std::any_of(named.begin(), named.end(),
                       [&](const std::string& id) { return ids.contains(id); });
  }

  std::vector<std::vector<PastEvent>> all_;
  int arrivals_ = 0;
};

bool EndsAsTold(const Bookings& bookings, const StoryEnd& end) {
  const std::vector<PastEvent>* history = bookings.Find(end.external_id);
  if (history == nullptr) return false;
  std::vector<std::string> ids;
  for (const auto& [id, generation] : booking::Generations(*history)) ids.push_back(id);
  const booking::AppointmentFacts facts = booking::Settle(*history).facts;
  return ids == end.all_ids && facts.status == end.status && facts.start_time == end.start_time;
}

/// Tells the story in that order. False if it ends otherwise than it should.
bool Holds(const Story& story, const std::vector<std::size_t>& order) {
  Bookings bookings;
  for (const std::size_t i : order) bookings.Receive(story.events[i]);
  if (bookings.size() != story.ends.size()) return false;
  for (const StoryEnd& end : story.ends) {
    if (!EndsAsTold(bookings, end)) return false;
  }
  if (!story.ordered) return true;
  // Where everything is ordered, not one field may differ from the story as it happened.
  Bookings in_order;
  for (const model::BookingEvent& event : story.events) in_order.Receive(event);
  return std::all_of(story.ends.begin(), story.ends.end(), [&](const StoryEnd& end) {
    return booking::Settle(*bookings.Find(end.external_id)) ==
           booking::Settle(*in_order.Find(end.external_id));
  });
}

std::vector<std::size_t> InOrder(const Story& story) {
  std::vector<std::size_t> order(story.events.size());
  std::iota(order.begin(), order.end(), 0u);
  return order;
}

}  // namespace

TEST_CASE("every permutation of up to five events ends in the same row") {
  int told = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    const Story story = tests::DrawStory(seed, "");
    if (story.events.size() > 5) continue;
    ++told;
    std::vector<std::size_t> order = InOrder(story);
    bool holds = true;
    do {
      holds = holds && Holds(story, order);
    } while (holds && std::next_permutation(order.begin(), order.end()));
    CHECK_MESSAGE(holds, story.Describe());
  }
  CHECK(told > 500);
}

TEST_CASE("10,000 random stories in random orders with repetitions end in the same row") {
  std::mt19937_64 random(20'261'124);
  for (std::uint64_t seed = 10'000; seed < 20'000; ++seed) {
    const Story story = tests::DrawStory(seed, "");
    std::vector<std::size_t> order = InOrder(story);
    for (std::size_t extra = random() % 4; extra > 0; --extra) {
      order.push_back(random() % story.events.size());
    }
    std::shuffle(order.begin(), order.end(), random);
    CHECK_MESSAGE(Holds(story, order), story.Describe());
  }
}
