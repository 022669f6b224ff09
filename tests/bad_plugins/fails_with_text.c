/* Fails, and says why in more than the one line that it may. */
#include "bad_plugin.h"

static uint32_t step(const bkg_step_input* input, const bkg_result_sink* sink) {
  (void)input;
  bad_put(sink, "out of \x1b[1mpaper\nand of ink");
  return BKG_STEP_FAILED;
}

BAD_TRANSLATOR(BAD_MANIFEST, step)
