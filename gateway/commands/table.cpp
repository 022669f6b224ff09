#include "commands/table.hpp"

#include <algorithm>
#include <ostream>
#include <string_view>
#include <utility>

namespace bookgate::commands {
namespace {

/// Characters as a terminal counts them, near enough: continuation bytes of UTF-8 take no room.
std::size_t Width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

std::string WithoutControls(const std::string& text, std::string_view allowed) {
  std::string printable = text;
  for (std::size_t i = 0; i < printable.size(); ++i) {
    const auto byte = static_cast<unsigned char>(printable[i]);
    // C1 control characters are two bytes in UTF-8: 0xC2 and 0x80 to 0x9F.
    const bool c1 = byte == 0xC2 && i + 1 < printable.size() &&
                    static_cast<unsigned char>(printable[i + 1]) < 0xA0;
    if (c1) printable.erase(i + 1, 1);
    const bool control = byte < 0x20 && allowed.find(printable[i]) == std::string_view::npos;
    if (c1 || control || byte == 0x7F) printable[i] = '?';
  }
  return printable;
}

}  // namespace

std::string Printable(const std::string& text) {
  return WithoutControls(text, {});
}

std::string PrintableLines(const std::string& text) {
  return WithoutControls(text, "\n\t");
}

Table::Table(std::vector<std::string> headings) {
  rows_.push_back(std::move(headings));
}

void Table::Add(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = Printable(cell);
  rows_.push_back(std::move(cells));
}

void Table::Print(std::ostream& out) const {
  std::vector<std::size_t> widths(rows_.front().size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Width(row[i]));
  }
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      out << row[i];
      if (i + 1 < row.size()) out << std::string(widths[i] - Width(row[i]) + 2, ' ');
    }
    out << '\n';
  }
}

}  // namespace bookgate::commands
