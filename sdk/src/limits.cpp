#include <bookgate/limits.hpp>

#include <optional>

namespace bookgate {
namespace {

constexpr std::size_t kNameBytes = 255;
constexpr std::size_t kLocationBytes = 1024;
constexpr std::size_t kReasonBytes = 4000;
constexpr std::size_t kNotesBytes = 65'000;
constexpr std::size_t kQuestionBytes = 1000;
constexpr std::size_t kEmailBytes = 320;
constexpr std::size_t kAnswerBytes = 10'000;
constexpr std::size_t kMaxAnswers = 100;

void Fit(std::string& text, std::size_t max_bytes) {
  if (text.size() > max_bytes) text = ClipUtf8(text, max_bytes);
}

void Fit(std::optional<std::string>& text, std::size_t max_bytes) {
  if (text) Fit(*text, max_bytes);
}

bool ContinuesCharacter(char c) {
  return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

}  // namespace

std::string ClipUtf8(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  constexpr std::string_view kEllipsis = "\xE2\x80\xA6";
  const bool room = max_bytes >= kEllipsis.size();
  std::size_t end = room ? max_bytes - kEllipsis.size() : max_bytes;
  while (end > 0 && ContinuesCharacter(text[end])) --end;
  std::string clipped(text.substr(0, end));
  if (room) clipped += kEllipsis;
  return clipped;
}

void FitToLimits(Booking& booking) {
  Fit(booking.customer_name, kNameBytes);
  Fit(booking.appointment_type, kNameBytes);
  Fit(booking.host_name, kNameBytes);
  Fit(booking.referred_by, kNameBytes);
  Fit(booking.location, kLocationBytes);
  Fit(booking.cancel_reason, kReasonBytes);
  Fit(booking.notes, kNotesBytes);
  if (booking.host_email && booking.host_email->size() > kEmailBytes) booking.host_email.reset();
  if (booking.answers.size() > kMaxAnswers) booking.answers.resize(kMaxAnswers);
  for (Answer& answer : booking.answers) {
    Fit(answer.question, kQuestionBytes);
    Fit(answer.answer, kAnswerBytes);
  }
}

}  // namespace bookgate
