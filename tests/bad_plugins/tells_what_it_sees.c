/* Not bad at all: repeats its input as notes, so that a test sees what a translator gets to see. */
#include <stdio.h>

#include "bad_plugin.h"

static void append(char* text, size_t room, const char* label, bkg_span value) {
  const size_t used = strlen(text);
  snprintf(text + used, room - used, ",\"%s=%.*s\"", label, (int)value.size,
           value.size > 0 ? value.data : "");
}

static uint32_t step(const bkg_step_input* input, const bkg_result_sink* sink) {
  char text[4096];
  size_t i;
  snprintf(text, sizeof(text),
           "{\"outcome\":\"ignore\",\"reason\":\"seen\",\"notes\":[\"received=%lld minor=%u\"",
           (long long)input->received_at_ms, (unsigned)input->host_minor);
  append(text, sizeof(text), "body", input->body);
  append(text, sizeof(text), "type", input->content_type);
  append(text, sizeof(text), "operation", input->operation);
  for (i = 0; i < input->header_count; ++i) {
    append(text, sizeof(text), "header", input->headers[i].name);
  }
  for (i = 0; i < input->query_count; ++i) {
    append(text, sizeof(text), "query", input->query[i].value);
  }
  for (i = 0; i < input->reply_count; ++i) {
    append(text, sizeof(text), "reply", input->replies[i]->body);
  }
  strcat(text, "]}");
  bad_put(sink, text);
  return BKG_STEP_DECIDED;
}

#define WISHES                                                                                \
  " \"headers\": [\"x-shown\", \"authorization\", \"cookie\", \"x-signature\"], \"query\": [" \
  "\"shown\", \"token\"]"
#define MANIFEST                                                                           \
  "{\"manifest_version\": 1, \"operations\": [\"translate\"], \"on_reject\": \"refuse\","  \
  " \"provider\": \"bad\", \"name\": \"Sees\", \"version\": \"1.0.0\","                    \
  " \"license\": \"Apache-2.0\", \"recognise\": [{\"all\": [{\"header\": \"x-shown\"}]}]," \
  " \"signature\": {\"kind\": \"token\", \"header\": \"x-signature\"}," WISHES             \
  ", \"config\": {\"type\": \"object\", \"additionalProperties\": false, \"properties\":"  \
  " {\"loud\": {\"type\": \"boolean\", \"description\": \"Speak up.\"}}}" BAD_LOOKUPS "}"

BAD_TRANSLATOR(MANIFEST, step)
