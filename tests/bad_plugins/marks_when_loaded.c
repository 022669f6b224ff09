/* Leaves a mark as it is loaded: the file that BAD_PLUGIN_MARK names. Otherwise it is good, so a
 * mark where none should be is the gateway's fault. */
#include <stdio.h>
#include <stdlib.h>

#include "bad_plugin.h"

__attribute__((constructor)) static void leave_mark(void) {
  const char* path = getenv("BAD_PLUGIN_MARK");
  FILE* mark = path != NULL ? fopen(path, "w") : NULL;
  if (mark != NULL) fclose(mark);
}

static uint32_t step(const bkg_step_input* input, const bkg_result_sink* sink) {
  (void)input;
  bad_put(sink, "{\"outcome\": \"ignore\", \"reason\": \"ping\"}");
  return BKG_STEP_DECIDED;
}

BAD_TRANSLATOR(BAD_MANIFEST, step)
