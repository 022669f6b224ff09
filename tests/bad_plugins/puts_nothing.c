/* Decides without saying what. */
#include "bad_plugin.h"

static uint32_t step(const bkg_step_input* input, const bkg_result_sink* sink) {
  (void)input;
  (void)sink;
  return BKG_STEP_DECIDED;
}

BAD_TRANSLATOR(BAD_MANIFEST, step)
