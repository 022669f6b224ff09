/* A member of the manifest is misspelt. */
#include "bad_plugin.h"

static uint32_t step(const bkg_step_input* input, const bkg_result_sink* sink) {
  (void)input;
  bad_put(sink, "{\"outcome\": \"ignore\", \"reason\": \"ping\"}");
  return BKG_STEP_DECIDED;
}

BAD_TRANSLATOR(BAD_MANIFEST_OF("bad", ", \"on_rejct\": \"hold\""), step)
