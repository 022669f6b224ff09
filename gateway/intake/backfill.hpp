/// \file backfill.hpp
/// What webhooks did not tell, page by page, as deliveries.
#pragma once

#include <string>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "intake/translation.hpp"
#include "model/org.hpp"

namespace bookgate::intake {

/// A stretch of time of which an org's bookings are fetched.
struct BackfillSpan {
  base::Instant since{};
  base::Instant until{};
};

/// A delivery for what is found on that page (from 1 on). Its body says what it is: there was no
/// webhook.
model::Delivery BackfillDelivery(const translate::Plugin& plugin, const model::Org& org,
                                 const BackfillSpan& span, unsigned page, base::Instant now);

/// The page as it is stored; `done` is not set. The rules see to it that nothing is stored twice,
/// whether it came by a webhook or an earlier backfill.
store::WriteJob BackfillJob(const translate::Plugin& plugin, model::Delivery delivery,
                            const translate::Bookings& page);

}  // namespace bookgate::intake
