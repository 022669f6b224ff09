/// \file table.hpp
/// Rows of text in columns, for people at a terminal.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace bookgate::commands {

/// Control characters of strangers' text are shown as '?', so that it cannot steer a terminal.
class Table {
 public:
  explicit Table(std::vector<std::string> headings);

  /// As many cells as there are headings.
  void Add(std::vector<std::string> cells);
  bool empty() const { return rows_.size() == 1; }
  void Print(std::ostream& out) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// The text with its control characters made harmless.
std::string Printable(const std::string& text);
/// The same, but with its lines and tabs.
std::string PrintableLines(const std::string& text);

}  // namespace bookgate::commands
