/// \file history_text.hpp
/// The history of a booking as text, for the tables.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "booking/past_event.hpp"

namespace bookgate::booking {

/// A JSON list of objects with the members of schemas/booking-event.json, and `delivery_id`,
/// `index` and `observed_at`. Times are microseconds since 1970. What an event does not say is left
/// out.
std::string HistoryToText(const std::vector<PastEvent>& history);

/// nullopt for anything that HistoryToText has not written.
std::optional<std::vector<PastEvent>> HistoryFromText(std::string_view text);

}  // namespace bookgate::booking
