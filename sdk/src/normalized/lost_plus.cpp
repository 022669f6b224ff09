#include "lost_plus.hpp"

#include <cstddef>

namespace bookgate::normalized {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool HasForm(std::string_view text, std::string_view form) {
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (form[i] == '0' ? !IsDigit(text[i]) : text[i] != form[i]) return false;
  }
  return true;
}

}  // namespace

void RestorePhonePlus(std::string_view raw, std::string& phone) {
  const bool blank_in_front = !raw.empty() && raw.front() == ' ';
  if (blank_in_front && !phone.empty() && IsDigit(phone.front())) phone.insert(0, 1, '+');
}

void RestoreOffsetPlus(std::string& time) {
  const std::size_t blank = time.rfind(' ');
  if (blank == std::string::npos || time.find(':') > blank) return;
  const std::string_view offset = std::string_view(time).substr(blank + 1);
  if (HasForm(offset, "00:00") || HasForm(offset, "0000")) time[blank] = '+';
}

}  // namespace bookgate::normalized
