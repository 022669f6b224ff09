#include "support/booking_story.hpp"

#include <algorithm>
#include <random>
#include <sstream>

namespace bookgate::tests {
namespace {

using model::Action;
using model::AppointmentStatus;
using model::BookingEvent;

/// How a provider tells of a booking.
enum class Style {
  kVersions,  ///< One id, versions (Square).
  kTimes,     ///< One id, times.
  kVersionsAndTimes,
  kNewIdAndTimes,  ///< A new id for each move, linked to the one before, times (Cal.com).
  kNewIdOnly,      ///< The same without times.
  kTwoHalves,      ///< A move is a cancelled and a booked, linked both ways (Calendly).
  kNothing,        ///< One id, and nothing that orders.
};
constexpr int kStyles = 7;

base::Instant Clock(int minutes) {
  return base::Instant(std::chrono::minutes(30'000'000 + minutes));
}

/// Writes the events of one booking and keeps what is true of it.
class Teller {
 public:
  Teller(Story& story, std::mt19937_64& random, std::string id, std::string email)
      : story_(story), random_(random), base_id_(std::move(id)), email_(std::move(email)) {
    style_ = static_cast<Style>(Draw(kStyles));
    id_ = base_id_;
    ids_.push_back(id_);
  }

  bool ordered() const { return style_ != Style::kNothing && style_ != Style::kNewIdOnly; }

  StoryEnd Tell() {
    Book();
    const int most_moves = style_ == Style::kNothing ? 1 : 3;
    for (int moves = Draw(most_moves + 1); moves > 0; --moves) Move();
    if (Draw(3) == 0) MissIt();
    if (Draw(3) == 0) Cancel();
    std::sort(ids_.begin(), ids_.end());
    return {id_, ids_, status_, start_};
  }

 private:
  int Draw(int n) { return static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }

  BookingEvent Event(Action action) {
    BookingEvent event;
    event.action = action;
    event.source = "story";
    event.external_id = id_;
    event.customer_email = event.email_key = email_;
    ++step_;
    const bool times = style_ == Style::kTimes || style_ == Style::kVersionsAndTimes ||
                       style_ == Style::kNewIdAndTimes || style_ == Style::kTwoHalves;
    if (times) event.occurred_at = Clock(step_);
    const bool versions = style_ == Style::kVersions || style_ == Style::kVersionsAndTimes;
    if (versions) event.sequence = step_;
    return event;
  }

  /// Providers that name a booking by its id alone when it ends.
  void MaybeThin(BookingEvent& event) {
    if (Draw(2) == 0) return;
    event.customer_email.clear();
    event.email_key.clear();
  }

  void Say(BookingEvent event) { story_.events.push_back(std::move(event)); }

  void Book() {
    BookingEvent event = Event(Action::kBooked);
    start_ = Clock(1000 + Draw(5000));
    event.start_time = start_;
    event.duration_minutes = 30;
    event.notes = "as booked";
    Say(std::move(event));
  }

  void Move() {
    const std::string before = id_;
    const bool new_id = style_ == Style::kNewIdAndTimes || style_ == Style::kNewIdOnly ||
                        style_ == Style::kTwoHalves;
    const std::string after = new_id ? base_id_ + "-moved-" + std::to_string(ids_.size()) : before;
    if (style_ == Style::kTwoHalves) {
      BookingEvent old_half = Event(Action::kCancelled);
      old_half.next_external_id = after;
      old_half.start_time = start_;
      Say(std::move(old_half));
    }
    if (new_id) ids_.push_back(after);
    id_ = after;
    BookingEvent event =
        Event(style_ == Style::kTwoHalves ? Action::kBooked : Action::kRescheduled);
    if (new_id) event.previous_external_id = before;
    start_ = Clock(1000 + Draw(5000));
    event.start_time = start_;
    Say(std::move(event));
    status_ = AppointmentStatus::kBooked;
  }

  void MissIt() {
    BookingEvent event = Event(Action::kNoShow);
    MaybeThin(event);
    Say(std::move(event));
    status_ = AppointmentStatus::kNoShow;
    if (!ordered() || Draw(2) == 0) return;
    BookingEvent taken_back = Event(Action::kBooked);
    taken_back.start_time = start_;
    Say(std::move(taken_back));
    status_ = AppointmentStatus::kBooked;
  }

  void Cancel() {
    BookingEvent event = Event(Action::kCancelled);
    event.cancel_reason = "ill";
    MaybeThin(event);
    Say(std::move(event));
    status_ = AppointmentStatus::kCancelled;
  }

  Story& story_;
  std::mt19937_64& random_;
  Style style_ = Style::kTimes;
  std::string base_id_;
  std::string email_;
  int step_ = 0;

  std::string id_;
  std::vector<std::string> ids_;
  std::optional<base::Instant> start_;
  AppointmentStatus status_ = AppointmentStatus::kBooked;
};

}  // namespace

std::string Story::Describe() const {
  std::ostringstream out;
  out << "story " << seed;
  for (const BookingEvent& event : events) {
    out << "\n  " << model::ActionName(event.action) << ' ' << event.external_id;
    if (!event.previous_external_id.empty()) out << " <- " << event.previous_external_id;
    if (!event.next_external_id.empty()) out << " -> " << event.next_external_id;
    if (event.sequence) out << " sequence " << *event.sequence;
    if (event.occurred_at) out << " at " << event.occurred_at->time_since_epoch().count();
    if (event.start_time) out << " start " << event.start_time->time_since_epoch().count();
    if (event.email_key.empty()) out << " (no customer)";
  }
  return out.str();
}

Story DrawStory(std::uint64_t seed, const std::string& prefix) {
  std::mt19937_64 random(seed);
  Story story;
  story.seed = seed;
  story.ordered = true;
  // Seats: several people at one appointment, which share everything but the last part of the id.
  const int bookings = random() % 4 == 0 ? 2 : 1;
  for (int i = 0; i < bookings; ++i) {
    const std::string name = prefix + std::to_string(seed) + "-seat" + std::to_string(i);
    Teller teller(story, random, name, name + "@example.com");
    story.ends.push_back(teller.Tell());
    story.ordered = story.ordered && teller.ordered();
  }
  return story;
}

}  // namespace bookgate::tests
