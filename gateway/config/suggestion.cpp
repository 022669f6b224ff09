#include "config/suggestion.hpp"

#include <bookgate/text.hpp>

#include <algorithm>
#include <cstddef>

namespace bookgate::config {
namespace {

std::string Plain(std::string_view name) {
  std::string plain = ToLowerAscii(name);
  std::replace(plain.begin(), plain.end(), '-', '_');
  return plain;
}

/// How many insertions, deletions, replacements and swaps of neighbours make `b` of `a`.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string> NearestName(std::string_view mistyped,
                                       const std::vector<std::string>& known) {
  constexpr std::size_t kLongestWorthGuessing = 64;
  if (mistyped.size() > kLongestWorthGuessing) return std::nullopt;
  const std::string plain = Plain(mistyped);
  const std::string* nearest = nullptr;
  // Half of a name wrong is another name.
  std::size_t nearest_distance = std::max<std::size_t>(plain.size() / 2, 2);
  for (const std::string& name : known) {
    const std::string known_plain = Plain(name);
    // Who wrote only the beginning of a name is nearer to it than their lengths say.
    const bool is_beginning = plain.size() >= 3 && known_plain.starts_with(plain);
    const std::size_t distance = is_beginning ? 1 : Distance(plain, known_plain);
    if (distance >= nearest_distance) continue;
    nearest = &name;
    nearest_distance = distance;
  }
  return nearest == nullptr ? std::nullopt : std::optional(*nearest);
}

}  // namespace bookgate::config
