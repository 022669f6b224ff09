/// \file result.hpp
/// Expected failures as values: what went wrong, once for the operator and once for the sender.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace bookgate::base {

/// Kinds of failure that callers tell apart. http/problem.cpp maps each to a status code; extend it
/// together with this list.
enum class Code : std::uint8_t {
  kInvalid,      ///< The input is wrong; the same input will be wrong again.
  kNotFound,     ///< There is no such thing.
  kConflict,     ///< It is there already, or in a state that forbids this.
  kUnavailable,  ///< Something that we need is away; the same input may work later.
  kProvider,     ///< A provider's API does not answer as it should; it may later.
  kInternal,     ///< A fault of ours.
};

/// A failure with two texts, so that no detail leaks to a sender by accident.
struct Failure {
  Code code = Code::kInternal;
  std::string
      operator_text;        ///< For log and command line. Never a secret; may name hosts and files.
  std::string sender_text;  ///< For strangers. Never SQL, a path, or the text of an exception.
};

inline Failure Unavailable(std::string operator_text) {
  return {Code::kUnavailable, std::move(operator_text), "Bookgate cannot store this right now."};
}

/// A value or the failure that prevented it. Ask ok() first; taking the wrong one throws
/// std::bad_variant_access, which is a bug of the caller.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}            // NOLINT(google-explicit-constructor)
  Result(Failure failure) : content_(std::move(failure)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return std::holds_alternative<T>(content_); }
  explicit operator bool() const { return ok(); }

  const T& value() const& { return std::get<T>(content_); }
  T& value() & { return std::get<T>(content_); }
  T value() && { return std::get<T>(std::move(content_)); }
  const T* operator->() const { return &std::get<T>(content_); }
  T* operator->() { return &std::get<T>(content_); }
  const T& operator*() const& { return std::get<T>(content_); }

  const Failure& failure() const& { return std::get<Failure>(content_); }
  Failure failure() && { return std::get<Failure>(std::move(content_)); }

 private:
  std::variant<T, Failure> content_;
};

/// For what either works or fails and gives nothing back.
struct Done {};
using Status = Result<Done>;

}  // namespace bookgate::base
