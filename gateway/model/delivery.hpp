/// \file delivery.hpp
/// One authenticated webhook request on its way from the socket to the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"

namespace bookgate::model {

/// A header (lower-case name) or a query parameter (decoded).
struct Field {
  std::string name;
  std::string value;
};

/// The org that a delivery is for: what the way needs of it, copied from the directory.
struct DeliveryOrg {
  std::int64_t id = 0;
  std::string public_id;
  std::string time_zone;        ///< IANA name.
  std::string field_mapping{};  ///< A JSON object; "" for none.
};

/// Made once, moved from stage to stage, answered exactly once.
struct Delivery {
  base::Uuid id;
  DeliveryOrg org;
  std::string provider;
  base::Instant received_at{};
  std::string content_type;    ///< As sent.
  std::string body;            ///< The bytes as received.
  std::vector<Field> headers;  ///< Without any credential or signature.
  std::vector<Field> query;    ///< Without `token`.
  /// When the provider's API told what the delivery itself lacked; nullopt: nothing was looked up.
  std::optional<base::Instant> looked_up_at;
};

/// What became of a delivery, as in deliveries.Outcome.
enum class Outcome : std::uint8_t { kStored, kDuplicate, kIgnored, kHeld, kDead, kRefused };

/// "stored", "duplicate", "ignored", "held", "dead", "refused".
std::string_view OutcomeName(Outcome outcome);
/// nullopt for any other text.
std::optional<Outcome> OutcomeNamed(std::string_view name);

/// One thing that is wrong with a delivery, and where.
struct Problem {
  std::string in = "body";  ///< "body", "config", "parameters" or "lookup:<id>".
  std::string pointer;      ///< RFC 6901.
  std::string code;         ///< A stable token.
  std::string message;      ///< For a person; quotes nothing of the body.
};

}  // namespace bookgate::model
