/* Returns a status that nobody knows. */
#include "bad_plugin.h"

static uint32_t step(const bkg_step_input* input, const bkg_result_sink* sink) {
  (void)input;
  bad_put(sink, "{\"outcome\": \"ignore\", \"reason\": \"ping\"}");
  return 77;
}

BAD_TRANSLATOR(BAD_MANIFEST, step)
