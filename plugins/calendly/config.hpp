/// \file config.hpp
/// The operator's settings, as the manifest describes them.
#pragma once

#include <string>
#include <string_view>

namespace bookgate::calendly {

struct Config {
  bool no_show_events = true;
  std::string appointment_type_question = "How can we help you?";
  std::string referrer_question = "Referred by?";
};

/// `text` is valid against the manifest's schema. What it does not set keeps its default.
Config ReadConfig(std::string_view text);

}  // namespace bookgate::calendly
