#include "mapping.hpp"

#include <optional>

#include "values.hpp"

namespace bookgate::normalized {
namespace {

std::optional<Member> MemberNamed(std::string_view documented_name) {
  for (int i = 0; i < static_cast<int>(Member::kCount); ++i) {
    const auto member = static_cast<Member>(i);
    if (!documented_name.empty() && DocumentedName(member) == documented_name) return member;
  }
  return std::nullopt;
}

}  // namespace

void ApplyMapping(const FieldMapping& mapping, const Item& item, Fields& fields) {
  for (const auto& [name, pointer] : mapping) {
    const std::optional<Member> member = MemberNamed(name);
    const json::Value value = item.mapping_root.At(pointer);
    if (!member || SaysNothing(value)) continue;
    Field field;
    field.value = value;
    field.pointer = item.mapping_pointer.text() + pointer;
    field.name = FoldName(name);
    field.documented = true;
    field.mapped = true;
    fields.Set(*member, std::move(field));
  }
}

}  // namespace bookgate::normalized
