#include "intake/make_delivery.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace bookgate::intake {
namespace {

/// What booking/identity.cpp knows retries by, and what support asks for first.
constexpr std::array<std::string_view, 4> kAlwaysKept = {"idempotency-key", "webhook-id", "svix-id",
                                                         "user-agent"};
/// Never kept, whatever a manifest asks for.
constexpr std::array<std::string_view, 4> kNeverKept = {"authorization", "proxy-authorization",
                                                        "cookie", "token"};

template <class Names>
bool Contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<model::Field> KeepHeaders(std::vector<model::Field> headers,
                                      const translate::Manifest* manifest) {
  std::erase_if(headers, [&](const model::Field& header) {
    if (Contains(kNeverKept, header.name)) return true;
    if (manifest && model::IsSignatureHeader(manifest->signature, header.name)) return true;
    if (Contains(kAlwaysKept, header.name)) return false;
    return manifest == nullptr || !Contains(manifest->headers, header.name);
  });
  return headers;
}

std::vector<model::Field> KeepQuery(std::vector<model::Field> query,
                                    const translate::Manifest* manifest) {
  std::erase_if(query, [&](const model::Field& parameter) {
    return manifest == nullptr || Contains(kNeverKept, parameter.name) ||
           !Contains(manifest->query, parameter.name);
  });
  return query;
}

}  // namespace

model::Delivery MakeDelivery(http::Request request, const model::Org& org,
                             const std::string& provider, const translate::Manifest* manifest,
                             base::Uuid id) {
  model::Delivery delivery;
  delivery.id = id;
  delivery.org = {org.id, org.public_id, org.time_zone, org.field_mapping};
  delivery.provider = provider;
  delivery.received_at = request.received_at;
  delivery.content_type = std::string(request.Header("content-type").value_or(""));
  delivery.body = std::move(request.body);
  delivery.headers = KeepHeaders(std::move(request.headers), manifest);
  delivery.query = KeepQuery(std::move(request.query), manifest);
  return delivery;
}

}  // namespace bookgate::intake
