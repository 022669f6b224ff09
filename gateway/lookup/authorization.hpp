/// \file authorization.hpp
/// A credential as it is shown to a provider's API.
#pragma once

#include <string_view>

#include "auth/protected_text.hpp"
#include "translate/manifest.hpp"

namespace bookgate::lookup {

/// The value of the header Authorization.
auth::ProtectedText AuthorizationOf(translate::Attach attach, std::string_view credential);

}  // namespace bookgate::lookup
