// The normalized booking, as anybody may send it: what the gateway falls back to where no other
// translator recognises the request. All of the work is in <bookgate/normalized.hpp>, because
// translators whose provider lets the shop write the body need it too.
#include <bookgate/normalized.hpp>
#include <bookgate/translator.hpp>
#include <bookgate_manifest.hpp>

namespace bookgate::generic {

struct Generic {
  static constexpr std::string_view kManifest = bookgate_manifest::kText;

  static Decision Step(const StepInput& input) {
    if (input.operation() != "translate") {
      return RejectAt("", "unknown_operation", "this translator only translates");
    }
    return TranslateNormalized(input.body(), input.content_type());
  }
};

}  // namespace bookgate::generic

BKG_TRANSLATOR(bookgate::generic::Generic)
