/* Not bad at all: leaves it to the operator how its senders sign. */
#include "bad_plugin.h"

static uint32_t step(const bkg_step_input* input, const bkg_result_sink* sink) {
  (void)input;
  bad_put(sink, "{\"outcome\":\"ignore\",\"reason\":\"seen\"}");
  return BKG_STEP_DECIDED;
}

#define MANIFEST                                                                          \
  "{\"manifest_version\": 1, \"operations\": [\"translate\"], \"on_reject\": \"refuse\"," \
  " \"provider\": \"bad\", \"name\": \"Operator\", \"version\": \"1.0.0\","               \
  " \"license\": \"Apache-2.0\", \"recognise\": [],"                                      \
  " \"signature\": {\"kind\": \"operator\"}, \"config\": {\"type\": \"object\"}}"

BAD_TRANSLATOR(MANIFEST, step)
