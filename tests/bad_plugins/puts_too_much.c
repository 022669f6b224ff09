/* Puts one byte more than is allowed. */
#include "bad_plugin.h"

static uint32_t step(const bkg_step_input* input, const bkg_result_sink* sink) {
  static const char zeros[262145];
  const bkg_span large = {zeros, sizeof(zeros)};
  (void)input;
  sink->put(sink->context, large);
  return BKG_STEP_DECIDED;
}

BAD_TRANSLATOR(BAD_MANIFEST, step)
