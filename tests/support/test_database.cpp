#include "support/test_database.hpp"

#include <charconv>
#include <sstream>
#include <stdexcept>

namespace bookgate::tests {
namespace {

std::string FreshName() {
  static int count = 0;
  return "test_" + std::to_string(++count);
}

/// Undoes the client's escapes.
std::string Plain(const std::string& escaped) {
  std::string plain;
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] != '\\' || i + 1 == escaped.size()) {
      plain += escaped[i];
      continue;
    }
    switch (escaped[++i]) {
      case 'n':
        plain += '\n';
        break;
      case 't':
        plain += '\t';
        break;
      case '0':
        plain += '\0';
        break;
      default:
        plain += escaped[i];
    }
  }
  return plain;
}

std::vector<std::string> ColumnsOf(const std::string& line) {
  std::vector<std::string> columns;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = line.find('\t', begin);
    columns.push_back(Plain(line.substr(begin, end - begin)));
    if (end == std::string::npos) return columns;
    begin = end + 1;
  }
}

}  // namespace

TestDatabase::TestDatabase(const MariaDbServer& server) : server_(server), name_(FreshName()) {
  server_.Ask("", "CREATE DATABASE " + name_ + " CHARACTER SET utf8mb4");
}

std::string TestDatabase::url() const {
  return "mysql://root@/" + name_ + "?socket=" + server_.socket();
}

std::vector<std::vector<std::string>> TestDatabase::Rows(const std::string& sql) const {
  std::istringstream lines(server_.Ask(name_, sql));
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(lines, line);) rows.push_back(ColumnsOf(line));
  return rows;
}

std::string TestDatabase::Text(const std::string& sql) const {
  std::string text;
  for (const std::vector<std::string>& row : Rows(sql)) {
    if (!text.empty()) text += '\n';
    for (std::size_t i = 0; i < row.size(); ++i) text.append(i > 0 ? " | " : "").append(row[i]);
  }
  return text;
}

std::int64_t TestDatabase::Number(const std::string& sql) const {
  const std::string text = Text(sql);
  std::int64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || rest != text.data() + text.size()) {
    throw std::runtime_error("no number: " + text + " of " + sql);
  }
  return number;
}

void TestDatabase::Execute(const std::string& sql) const {
  server_.Ask(name_, sql);
}

}  // namespace bookgate::tests
