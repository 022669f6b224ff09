#include "store/key_list.hpp"

namespace bookgate::store {

void AddKeyList(StatementBuilder& statement, const char* column,
                const std::map<std::int64_t, std::vector<std::string_view>>& keys) {
  bool first = true;
  for (const auto& [org_id, list] : keys) {
    statement.Sql(first ? "(OrgID IN " : " OR (OrgID IN ");
    first = false;
    statement.StartRows().OpenRow().Add(org_id).CloseRow();
    statement.Sql(" AND ").Sql(column).Sql(" IN ").StartRows().OpenRow();
    for (const std::string_view key : list) statement.Add(key);
    statement.CloseRow().Sql(")");
  }
}

}  // namespace bookgate::store
