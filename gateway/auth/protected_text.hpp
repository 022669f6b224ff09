/// \file protected_text.hpp
/// Secrets that have to stay in memory as they are.
#pragma once

#include <cstddef>
#include <string_view>

namespace bookgate::auth {

/// A secret's bytes in memory that is locked (never swapped, in no core dump), between guard pages,
/// and wiped at the end. Moves, but does not copy. Belongs to one thread at a time; once nobody
/// writes to it any more, any number of threads may read it.
class ProtectedText {
 public:
  ProtectedText() = default;
  /// Room for that many bytes, all of them 0.
  explicit ProtectedText(std::size_t size);
  explicit ProtectedText(std::string_view text);
  ProtectedText(ProtectedText&& other) noexcept;
  ProtectedText& operator=(ProtectedText&& other) noexcept;
  ~ProtectedText();

  std::string_view view() const { return {data_, size_}; }
  bool empty() const { return size_ == 0; }
  char* data() { return data_; }
  std::size_t size() const { return size_; }

 private:
  char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace bookgate::auth
