/// \file pointer.hpp
/// RFC 6901 pointers to places of the body as it was sent.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bookgate::normalized {

/// As many problems as a step result may hold.
inline constexpr std::size_t kMaxProblems = 100;

class Pointer {
 public:
  Pointer() = default;

  /// The place of that member or element in this one.
  Pointer Then(std::string_view name) const {
    Pointer child;
    child.text_.reserve(text_.size() + 1 + name.size());
    child.text_ = text_ + '/';
    for (const char c : name) {
      if (c == '~') {
        child.text_ += "~0";
      } else if (c == '/') {
        child.text_ += "~1";
      } else {
        child.text_ += c;
      }
    }
    return child;
  }
  Pointer Then(std::size_t index) const { return Then(std::to_string(index)); }

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace bookgate::normalized
