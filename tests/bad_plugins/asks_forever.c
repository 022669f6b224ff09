/* Asks for another look-up whenever it has got one. */
#include "bad_plugin.h"

static uint32_t step(const bkg_step_input* input, const bkg_result_sink* sink) {
  char text[] =
      "{\"outcome\": \"need_lookups\", \"lookups\":"
      " [{\"id\": \"?\", \"host\": \"api.example.com\", \"path\": \"/\"}]}";
  *strchr(text, '?') = (char)('a' + (int)input->reply_count);
  bad_put(sink, text);
  return BKG_STEP_DECIDED;
}

BAD_TRANSLATOR(BAD_MANIFEST_OF("bad", BAD_LOOKUPS), step)
