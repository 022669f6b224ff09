/// \file statement_builder.hpp
/// Statements of many rows: the one place that writes values into SQL text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "base/uuid.hpp"

namespace bookgate::store {

/// Appends SQL and values. A value is always one of the typed Add… below: text is quoted and
/// escaped, which is safe because Connection sets a session of utf8mb4 with backslash escapes on.
/// SQL comes from literals of this program only.
class StatementBuilder {
 public:
  /// `sql` is a literal: it goes in as it is.
  explicit StatementBuilder(const char* sql) : text_(sql) {}
  StatementBuilder& Sql(const char* sql);

  /// "(" with a comma in front if it is not the first row since the last StartRows or constructor.
  StatementBuilder& OpenRow();
  StatementBuilder& CloseRow();
  /// The next OpenRow is the first one again.
  StatementBuilder& StartRows();

  // Each puts a comma in front of itself unless it is the first of its row.
  StatementBuilder& Add(std::int64_t number);
  StatementBuilder& Add(std::string_view text);
  StatementBuilder& Add(base::Instant instant);
  StatementBuilder& AddBytes(std::string_view bytes);
  StatementBuilder& Add(const base::Uuid& id) { return AddBytes(id.AsBytes()); }
  StatementBuilder& AddNull();
  /// NULL for "".
  StatementBuilder& AddTextOrNull(std::string_view text);
  template <class T>
  StatementBuilder& AddOrNull(const std::optional<T>& value) {
    return value ? Add(*value) : AddNull();
  }

  const std::string& text() const { return text_; }

 private:
  void Separate();
  void Quote(std::string_view bytes);

  std::string text_;
  bool first_row_ = true;
  bool first_value_ = true;
};

}  // namespace bookgate::store
