/// \file doubled_key.hpp
/// Gets a TOML parser past a doubled key, so that it does not hide what else is wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/problems.hpp"

namespace bookgate::config {

/// Gives doubled keys names of their own in the text and remembers what they were.
///
/// Rationale: leaving the line out would be shorter, but its value may go on over many lines, and
/// the keys below a doubled table header would slip into the table before it.
class DoubledKeys {
 public:
  struct Renamed {
    Place place;      ///< Of the key, in the text as it was.
    std::string key;  ///< As it was written; of a table header all that stands in the brackets.
    std::string new_name;
    bool is_header = false;
  };

  /// Renames the key of the table header or of the "key = value" that the parser complained about;
  /// `complaint` is the place that it gave. False, and no change, if there is none.
  bool Rename(std::string& text, Place complaint);

  /// nullptr if the name was not made here.
  const Renamed* Find(std::string_view name) const;

  /// A place in the text as it is now, in the text as it was.
  Place Original(Place place) const;

  const std::vector<Renamed>& renamed() const { return renamed_; }

 private:
  struct Edit {
    Place place;  ///< In the text as it was when this edit was made.
    std::int64_t growth = 0;
  };

  std::vector<Renamed> renamed_;
  std::vector<Edit> edits_;
};

}  // namespace bookgate::config
