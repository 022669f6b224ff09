/// \file values.hpp
/// What a value that somebody filled in is meant to say.
#pragma once

#include <bookgate/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace bookgate::normalized {

/// A template's placeholder that was never filled in: "{{invitee_email}}", "{{ $json.email }}",
/// "{EMAIL}", "{START-ISO}". It says no more than a missing member does.
bool IsPlaceholder(std::string_view text);

/// Says nothing: absent, null, "", a placeholder, or a list or an object without anything in it.
bool SaysNothing(json::Value value);

/// The value as text. Several texts in a list are joined by ", " if `join`, else they have to be
/// the same. nullopt for what is no text: true, false, objects and lists of those.
std::optional<std::string> TextOf(json::Value value, bool join);

/// Ticked, as check boxes and tools say it: true, "true", "yes", "on", 1, "1".
bool IsTrue(json::Value value);

}  // namespace bookgate::normalized
