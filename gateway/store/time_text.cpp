#include "store/time_text.hpp"

#include <array>

namespace bookgate::store {
namespace {

/// Writes `number` in exactly `digits` digits; returns what is behind them.
char* Digits(char* out, unsigned number, unsigned digits) {
  for (unsigned i = digits; i-- > 0; number /= 10) out[i] = static_cast<char>('0' + number % 10);
  return out + digits;
}

}  // namespace

std::string TimeText(base::Instant instant) {
  const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(instant - day);
  std::array<char, 26> text;
  char* at = text.data();
  at = Digits(at, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  *at++ = '-';
  at = Digits(at, static_cast<unsigned>(date.month()), 2);
  *at++ = '-';
  at = Digits(at, static_cast<unsigned>(date.day()), 2);
  *at++ = ' ';
  at = Digits(at, static_cast<unsigned>(clock.hours().count()), 2);
  *at++ = ':';
  at = Digits(at, static_cast<unsigned>(clock.minutes().count()), 2);
  *at++ = ':';
  at = Digits(at, static_cast<unsigned>(clock.seconds().count()), 2);
  *at++ = '.';
  Digits(at, static_cast<unsigned>(clock.subseconds().count()), 6);
  return {text.data(), text.size()};
}

}  // namespace bookgate::store
