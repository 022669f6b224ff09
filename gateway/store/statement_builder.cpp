#include "store/statement_builder.hpp"

#include <algorithm>
#include <array>

#include "store/time_text.hpp"

namespace bookgate::store {
namespace {

/// By table: every byte of every body goes through here, and find_first_of searches its list for
/// each.
constexpr std::array<bool, 256> kIsSpecial = [] {
  std::array<bool, 256> is_special{};
  for (const char c : {'\0', '\'', '\\', '\n', '\r', '\x1A'})
    is_special[static_cast<unsigned char>(c)] = true;
  return is_special;
}();

bool IsSpecial(char c) {
  return kIsSpecial[static_cast<unsigned char>(c)];
}

}  // namespace

StatementBuilder& StatementBuilder::Sql(const char* sql) {
  text_ += sql;
  return *this;
}

StatementBuilder& StatementBuilder::OpenRow() {
  text_ += first_row_ ? "(" : ",(";
  first_row_ = false;
  first_value_ = true;
  return *this;
}

StatementBuilder& StatementBuilder::CloseRow() {
  text_ += ')';
  return *this;
}

StatementBuilder& StatementBuilder::StartRows() {
  first_row_ = true;
  return *this;
}

StatementBuilder& StatementBuilder::Add(std::int64_t number) {
  Separate();
  text_ += std::to_string(number);
  return *this;
}

StatementBuilder& StatementBuilder::Add(std::string_view text) {
  Separate();
  Quote(text);
  return *this;
}

StatementBuilder& StatementBuilder::Add(base::Instant instant) {
  Separate();
  text_ += '\'';
  text_ += TimeText(instant);
  text_ += '\'';
  return *this;
}

StatementBuilder& StatementBuilder::AddBytes(std::string_view bytes) {
  Separate();
  // The introducer keeps the server from asking whether the bytes are text.
  text_ += "_binary";
  Quote(bytes);
  return *this;
}

StatementBuilder& StatementBuilder::AddNull() {
  Separate();
  text_ += "NULL";
  return *this;
}

StatementBuilder& StatementBuilder::AddTextOrNull(std::string_view text) {
  return text.empty() ? AddNull() : Add(text);
}

void StatementBuilder::Separate() {
  if (!first_value_) text_ += ',';
  first_value_ = false;
}

void StatementBuilder::Quote(std::string_view bytes) {
  text_ += '\'';
  while (!bytes.empty()) {
    const auto plain = static_cast<std::size_t>(
        std::find_if(bytes.begin(), bytes.end(), IsSpecial) - bytes.begin());
    text_ += bytes.substr(0, plain);
    if (plain == bytes.size()) break;
    text_ += '\\';
    switch (bytes[plain]) {
      case '\0':
        text_ += '0';
        break;
      case '\n':
        text_ += 'n';
        break;
      case '\r':
        text_ += 'r';
        break;
      case '\x1A':
        text_ += 'Z';
        break;
      default:
        text_ += bytes[plain];
    }
    bytes.remove_prefix(plain + 1);
  }
  text_ += '\'';
}

}  // namespace bookgate::store
