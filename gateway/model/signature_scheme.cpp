#include "model/signature_scheme.hpp"

namespace bookgate::model {
namespace {

constexpr std::string_view kStandard = "webhook-";
constexpr std::string_view kSvix = "svix-";

}  // namespace

std::string SvixName(std::string_view header) {
  if (!header.starts_with(kStandard)) return {};
  return std::string(kSvix).append(header.substr(kStandard.size()));
}

bool IsSignatureHeader(const SignatureScheme& scheme, std::string_view name) {
  if (scheme.header.empty()) return false;
  return name == scheme.header || (name.starts_with(kSvix) && name == SvixName(scheme.header));
}

}  // namespace bookgate::model
