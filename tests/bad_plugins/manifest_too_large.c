/* The manifest has one byte more than is allowed. */
#include "bad_plugin.h"

static uint32_t step(const bkg_step_input* input, const bkg_result_sink* sink) {
  (void)input;
  bad_put(sink, "{\"outcome\": \"ignore\", \"reason\": \"ping\"}");
  return BKG_STEP_DECIDED;
}

static const char manifest[65537] = BAD_MANIFEST;
static const bkg_translator_v1 translator = {
    sizeof(bkg_translator_v1), 0, {manifest, sizeof(manifest)}, step};

BKG_EXPORT const bkg_translator_v1* bkg_translator_entry_v1(void) {
  return &translator;
}
