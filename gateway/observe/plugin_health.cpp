#include "observe/plugin_health.hpp"

namespace bookgate::observe {

void PluginHealth::OnTranslated(const std::string& provider, std::string_view failure,
                                base::Instant now) {
  const std::lock_guard lock(mutex_);
  PluginCount& count = counts_[provider];
  ++count.translated;
  if (failure.empty()) return;
  ++count.failed;
  count.last_failure = failure;
  count.last_failed_at = now;
}

PluginCount PluginHealth::Of(const std::string& provider) const {
  const std::lock_guard lock(mutex_);
  const auto found = counts_.find(provider);
  return found == counts_.end() ? PluginCount() : found->second;
}

}  // namespace bookgate::observe
