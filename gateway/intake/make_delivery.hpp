/// \file make_delivery.hpp
/// From an authenticated request to a delivery.
#pragma once

#include <string>

#include "base/uuid.hpp"
#include "http/message.hpp"
#include "model/delivery.hpp"
#include "model/org.hpp"
#include "translate/manifest.hpp"

namespace bookgate::intake {

/// Moves the body out of the request. Headers and query parameters are kept only if the plugin asks
/// for them or a retry is known by them: a list of what may stay, because nobody can list every
/// place in which strangers put secrets.
model::Delivery MakeDelivery(http::Request request, const model::Org& org,
                             const std::string& provider, const translate::Manifest* manifest,
                             base::Uuid id);

}  // namespace bookgate::intake
