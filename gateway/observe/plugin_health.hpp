/// \file plugin_health.hpp
/// How each plugin fares since this process began, for people; /metrics has the same for programs.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace bookgate::observe {

struct PluginCount {
  std::uint64_t translated = 0;
  std::uint64_t failed = 0;
  std::string last_failure;  ///< A token; "" if it never failed.
  std::optional<base::Instant> last_failed_at;
};

/// Thread-safe.
class PluginHealth {
 public:
  /// `failure` is "" if the plugin came to a decision.
  void OnTranslated(const std::string& provider, std::string_view failure, base::Instant now);

  /// All zero for a plugin that had nothing to do yet.
  PluginCount Of(const std::string& provider) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, PluginCount> counts_;
};

}  // namespace bookgate::observe
