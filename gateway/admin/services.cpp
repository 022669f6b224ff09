#include "admin/services.hpp"

#include <utility>

namespace bookgate::admin {
namespace {

/// Failed attempts: at first that many at once, then so many a second. Somebody who has forgotten
/// which password it was is not in the way; guessing on is hopeless.
constexpr double kAddressBurst = 20;
constexpr double kAddressPerSecond = 20.0 / 60;
constexpr double kEmailBurst = 8;
constexpr double kEmailPerSecond = 4.0 / 60;

}  // namespace

Services::Services(Parts parts)
    : Parts(std::move(parts)),
      pool(settings.database),
      cookie(settings.server),
      sign_ins_by_address(kAddressPerSecond, kAddressBurst),
      sign_ins_by_email(kEmailPerSecond, kEmailBurst) {}

}  // namespace bookgate::admin
