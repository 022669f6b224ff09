/* What the bad plugins have in common: each of them is right in everything but its one fault. */
#ifndef BAD_PLUGIN_H
#define BAD_PLUGIN_H

#include <bookgate/translator_abi.h>
#include <string.h>

/* A valid manifest of the provider PROVIDER; `more` is further members, each with a comma in front.
 */
#define BAD_MANIFEST_OF(provider, more)                                                 \
  "{\"manifest_version\": 1, \"operations\": [\"translate\"], \"on_reject\": \"hold\"," \
  " \"provider\": \"" provider                                                          \
  "\", \"name\": \"Bad\", \"version\": \"1.0.0\","                                      \
  " \"license\": \"Apache-2.0\", \"recognise\": [],"                                    \
  " \"signature\": {\"kind\": \"none\"}, \"config\": {\"type\": \"object\"}" more "}"

#define BAD_MANIFEST BAD_MANIFEST_OF("bad", "")
#define BAD_LOOKUPS ", \"lookups\": {\"hosts\": [\"api.example.com\"], \"max_rounds\": 2}"

static inline bkg_span bad_span(const char* text) {
  bkg_span span;
  span.data = text;
  span.size = strlen(text);
  return span;
}

static inline void bad_put(const bkg_result_sink* sink, const char* text) {
  sink->put(sink->context, bad_span(text));
}

/* Exports a translator with that manifest and step. */
#define BAD_TRANSLATOR(manifest_text, step_function)                                            \
  static const bkg_translator_v1 bad_translator = {                                             \
      sizeof(bkg_translator_v1), 0, {manifest_text, sizeof(manifest_text) - 1}, step_function}; \
  BKG_EXPORT const bkg_translator_v1* bkg_translator_entry_v1(void) {                           \
    return &bad_translator;                                                                     \
  }

#endif /* BAD_PLUGIN_H */
