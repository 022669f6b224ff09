#include "config/web_url.hpp"

#include <bookgate/text.hpp>

#include <algorithm>
#include <cstddef>

#include "config/network_address.hpp"
#include "config/table_reader.hpp"

namespace bookgate::config {
namespace {

/// What RFC 3986 allows in a path; percent signs are left to whoever wrote them.
bool IsPath(std::string_view path) {
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@%/";
  return path.find_first_not_of(kAllowed) == std::string_view::npos;
}

}  // namespace

base::Result<std::string> ParseBaseUrl(std::string_view text) {
  if (text.empty()) return std::string();
  const std::size_t colon = text.find("://");
  const std::string scheme = ToLowerAscii(text.substr(0, std::min(colon, text.size())));
  if (colon == std::string_view::npos || (scheme != "http" && scheme != "https")) {
    return Wrong("must be an http or https URL, such as \"https://hooks.example.com\"");
  }
  const std::string_view rest = text.substr(colon + 3);
  if (rest.find_first_of("?#") != std::string_view::npos) {
    return Wrong("must be a URL without a query and without a fragment: paths are put behind it");
  }
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const std::string_view authority = rest.substr(0, slash);
  if (authority.find('@') != std::string_view::npos) {
    return Wrong("must be a URL without user and password");
  }
  std::string_view path = rest.substr(slash);
  if (!ParseHostWithPort(authority, 1) || !IsPath(path)) {
    return Wrong("is no valid URL; must be one such as \"https://hooks.example.com/bookgate\"");
  }
  while (path.ends_with('/')) path.remove_suffix(1);
  return scheme + "://" + ToLowerAscii(authority) + std::string(path);
}

}  // namespace bookgate::config
