// The normalized booking, as anybody may send it: what the gateway falls back to where no other
// translator recognises the request. All of the work is in <bookgate/normalized.hpp>, because
// translators whose provider lets the shop write the body need it too.
#include <bookgate/json.hpp>
#include <bookgate/normalized.hpp>
#include <bookgate/translator.hpp>
#include <bookgate_manifest.hpp>

#include <optional>
#include <string_view>

namespace bookgate::generic {

/// The config member "mapping": the shop's own, which the gateway puts there, or one for all shops.
FieldMapping ReadMapping(std::string_view config) {
  FieldMapping mapping;
  const std::optional<json::Document> document = json::Document::Parse(config);
  const json::Value members = document ? document->root()["mapping"] : json::Value();
  for (std::size_t i = 0; i < members.size(); ++i) {
    mapping.emplace(members.NameAt(i), members.ValueAt(i).RawString().value_or(""));
  }
  return mapping;
}

struct Generic {
  static constexpr std::string_view kManifest = bookgate_manifest::kText;

  static Decision Step(const StepInput& input) {
    if (input.operation() != "translate") {
      return RejectAt("", "unknown_operation", "this translator only translates");
    }
    return TranslateNormalized(input.body(), input.content_type(), ReadMapping(input.config()));
  }
};

}  // namespace bookgate::generic

BKG_TRANSLATOR(bookgate::generic::Generic)
