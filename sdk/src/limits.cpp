#include <bookgate/limits.hpp>

#include <optional>

namespace bookgate {
namespace {

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
  Fit(booking.customer_name, limits::kNameBytes);
  Fit(booking.appointment_type, limits::kNameBytes);
  Fit(booking.host_name, limits::kNameBytes);
  Fit(booking.referred_by, limits::kNameBytes);
  Fit(booking.location, limits::kLocationBytes);
  Fit(booking.cancel_reason, limits::kCancelReasonBytes);
  Fit(booking.notes, limits::kNotesBytes);
  if (booking.host_email && booking.host_email->size() > limits::kEmailBytes)
    booking.host_email.reset();
  if (booking.answers.size() > limits::kMaxAnswers) booking.answers.resize(limits::kMaxAnswers);
  for (Answer& answer : booking.answers) {
    Fit(answer.question, limits::kQuestionBytes);
    Fit(answer.answer, limits::kAnswerBytes);
  }
}

}  // namespace bookgate
