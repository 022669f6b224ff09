/// \file delivery_log.hpp
/// The one line that each delivery leaves in the log.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "observe/log.hpp"

namespace bookgate::observe {

/// An answered delivery. Points to what the caller owns. Holds no personal data: ids, tokens and
/// numbers only, and notes of the plugin, which must not quote the body.
struct DeliveryLine {
  std::string_view delivery_id;
  std::string_view org;  ///< Public id.
  std::string_view provider;
  std::string_view outcome;
  std::string_view reason;  ///< A token; may be empty.
  int status = 0;
  std::size_t events = 0;
  std::size_t body_bytes = 0;
  double seconds = 0;
  std::string_view request_id;
  std::span<const std::string> notes;
};

void LogDelivery(Log& log, const DeliveryLine& line);

}  // namespace bookgate::observe
