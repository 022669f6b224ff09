#include "intake/observed_translation.hpp"

#include <chrono>

namespace bookgate::intake {

Translation TranslateObserved(const translate::Plugin& plugin, const model::Delivery& delivery,
                              Observer& observer, const Answers& answers) {
  using std::chrono::steady_clock;
  const steady_clock::time_point start = steady_clock::now();
  Translation translation = Translate(plugin, delivery, answers);
  const std::chrono::duration<double> passed = steady_clock::now() - start;
  observer.OnTranslated(delivery.provider, passed.count(), translation.plugin_failure);
  return translation;
}

}  // namespace bookgate::intake
