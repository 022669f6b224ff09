#include "lookup/lookup_url.hpp"

#include <bookgate/text.hpp>

namespace bookgate::lookup {

std::string LookupUrl(const translate::Lookup& lookup, const std::string& base_url) {
  std::string url = (base_url.empty() ? "https://" + lookup.host : base_url) + lookup.path;
  char separator = '?';
  for (const auto& [name, value] : lookup.query) {
    url += separator + PercentEncode(name) + "=" + PercentEncode(value);
    separator = '&';
  }
  return url;
}

}  // namespace bookgate::lookup
