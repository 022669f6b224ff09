/// \file fields.hpp
/// What one object says about a booking, member by member.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "containers.hpp"
#include "names.hpp"

namespace bookgate::normalized {

/// The value that was chosen for a member, and where it stands.
struct Field {
  json::Value value;  ///< Absent: nobody said it.
  std::string pointer;
  std::string name;  ///< As a FoldName.
  std::uint32_t rank = 0;
  bool documented = false;
  bool mapped = false;                ///< The shop said where it stands.
  std::vector<json::Value> others{};  ///< Of a list, such as the second of two services.

  bool exists() const { return value.exists(); }
};

/// Says what happened, or not; every one of them counts.
struct Hint {
  Member member;
  json::Value value;
};

/// Everything in one object that means something.
class Fields {
 public:
  const Field& operator[](Member member) const { return fields_[static_cast<std::size_t>(member)]; }
  void Set(Member member, Field field) {
    fields_[static_cast<std::size_t>(member)] = std::move(field);
  }
  const std::vector<Hint>& hints() const { return hints_; }
  /// An email was meant but left empty or unfilled; "" if none was.
  const std::string& unfilled_email() const { return unfilled_email_; }

 private:
  friend class FieldCollector;

  std::array<Field, static_cast<std::size_t>(Member::kCount)> fields_;
  std::vector<Hint> hints_;
  std::string unfilled_email_;
};

/// Chooses by the table in names.cpp. Adds to `problems` what makes the choice impossible.
Fields CollectFields(const Item& item, std::vector<Problem>& problems);

}  // namespace bookgate::normalized
