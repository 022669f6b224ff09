#include "api.hpp"

#include <utility>

namespace bookgate::calcom {

Lookup Request(std::string id, Method method, std::string path) {
  Lookup lookup;
  lookup.id = std::move(id);
  lookup.method = method;
  lookup.host = "api.cal.com";
  lookup.path = std::move(path);
  // Without it the same path answers in an older shape, or not at all (Cal.com, "API v2").
  lookup.headers = {{"cal-api-version", "2024-08-13"}};
  return lookup;
}

}  // namespace bookgate::calcom
