/* Would remove something at the provider whenever a webhook comes. */
#include "bad_plugin.h"

static uint32_t step(const bkg_step_input* input, const bkg_result_sink* sink) {
  (void)input;
  bad_put(sink,
          "{\"outcome\": \"need_lookups\", \"lookups\": [{\"id\": \"a\", \"method\": \"DELETE\","
          " \"host\": \"api.example.com\", \"path\": \"/things/1\"}]}");
  return BKG_STEP_DECIDED;
}

BAD_TRANSLATOR(BAD_MANIFEST_OF("bad", BAD_LOOKUPS), step)
