/* Its struct ends before step. */
#include "bad_plugin.h"

static const bkg_translator_v1 translator = {
    sizeof(uint32_t) * 2, 0, {BAD_MANIFEST, sizeof(BAD_MANIFEST) - 1}, NULL};

BKG_EXPORT const bkg_translator_v1* bkg_translator_entry_v1(void) {
  return &translator;
}
