/* Puts a size without any bytes. */
#include "bad_plugin.h"

static uint32_t step(const bkg_step_input* input, const bkg_result_sink* sink) {
  const bkg_span nowhere = {NULL, 10};
  (void)input;
  sink->put(sink->context, nowhere);
  return BKG_STEP_DECIDED;
}

BAD_TRANSLATOR(BAD_MANIFEST, step)
