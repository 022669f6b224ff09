/* Asks for a look-up although its manifest says that it translates without any. */
#include "bad_plugin.h"

#define OPTIONAL_LOOKUPS ", \"lookups\": {\"hosts\": [\"api.example.com\"], \"optional\": true}"

static uint32_t step(const bkg_step_input* input, const bkg_result_sink* sink) {
  (void)input;
  bad_put(sink,
          "{\"outcome\": \"need_lookups\", \"lookups\":"
          " [{\"id\": \"a\", \"host\": \"api.example.com\", \"path\": \"/\"}]}");
  return BKG_STEP_DECIDED;
}

BAD_TRANSLATOR(BAD_MANIFEST_OF("bad", OPTIONAL_LOOKUPS), step)
