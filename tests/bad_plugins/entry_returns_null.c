/* The entry point returns NULL. */
#include <bookgate/translator_abi.h>

BKG_EXPORT const bkg_translator_v1* bkg_translator_entry_v1(void) {
  return NULL;
}
