/// \file try_look_ups.hpp
/// What a provider's API adds to a webhook that is only tried.
#pragma once

#include <memory>

#include "admin/services.hpp"
#include "intake/translation.hpp"
#include "model/org.hpp"

namespace bookgate::admin {

/// Makes the look-ups that `first` asks for, with the org's credential, and gives what the delivery
/// means then. Without a credential, `first` as it is. Blocks for as long as the API takes; nothing
/// is stored.
base::Result<intake::Translation> TryLookUps(Services& services,
                                             std::shared_ptr<const translate::Registry> registry,
                                             const translate::Plugin& plugin, const model::Org& org,
                                             model::Delivery delivery, intake::Translation first);

}  // namespace bookgate::admin
