#include "service.hpp"

#include <bookgate/text.hpp>

#include <cstddef>

namespace bookgate::square {
namespace {

std::optional<std::string> ItemName(json::Value related,
                                    const std::optional<std::string>& item_id) {
  for (std::size_t i = 0; i < related.size(); ++i) {
    if (related[i]["type"].Text() != "ITEM") continue;
    if (item_id && related[i]["id"].Text() != item_id) continue;
    return related[i]["item_data"]["name"].Text();
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> ServiceName(json::Value answer) {
  return ServiceName(answer["object"], answer["related_objects"]);
}

std::optional<std::string> ServiceName(json::Value object, json::Value related) {
  if (object["type"].Text() == "ITEM") return object["item_data"]["name"].Text();
  const json::Value variation = object["item_variation_data"];
  std::optional<std::string> own = variation["name"].Text();
  const std::optional<std::string> item = ItemName(related, variation["item_id"].Text());
  if (!item) return own;
  const bool says_more =
      own && !EqualsIgnoringAsciiCase(*own, "Regular") && !EqualsIgnoringAsciiCase(*own, *item);
  return says_more ? *item + " (" + *own + ")" : *item;
}

}  // namespace bookgate::square
