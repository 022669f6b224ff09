/// \file config.hpp
/// The operator's settings, as the manifest describes them.
#pragma once

#include <string_view>

namespace bookgate::calcom {

struct Config {
  bool store_requests = false;
  bool seat_no_shows = false;
};

/// `text` is valid against the manifest's schema. What it does not set keeps its default.
Config ReadConfig(std::string_view text);

}  // namespace bookgate::calcom
