/* Built for a major version that there is not yet. */
#include <bookgate/translator_abi.h>

BKG_EXPORT const void* bkg_translator_entry_v2(void);
BKG_EXPORT const void* bkg_translator_entry_v2(void) {
  return NULL;
}
