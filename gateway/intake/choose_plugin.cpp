#include "intake/choose_plugin.hpp"

namespace bookgate::intake {

Choice ChoosePlugin(const translate::Registry& registry,
                    const std::optional<std::string>& provider_in_path,
                    const http::Request& request) {
  if (provider_in_path) return {registry.Find(*provider_in_path), {}};
  return ChooseRecognised(registry, request.headers, request.body);
}

Choice ChooseRecognised(const translate::Registry& registry,
                        const std::vector<model::Field>& headers, const std::string& body) {
  const std::vector<const translate::Plugin*> recognised = registry.Recognise(headers, body);
  if (recognised.empty()) return {registry.Find("generic"), {}};
  if (recognised.size() == 1) return {recognised.front(), {}};
  Choice choice;
  for (const translate::Plugin* plugin : recognised) {
    choice.ambiguous.push_back(plugin->manifest.provider);
  }
  return choice;
}

}  // namespace bookgate::intake
