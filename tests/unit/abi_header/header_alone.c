/* The header must stand alone, so nothing is included before it; twice, because of its guard. */
#include <bookgate/translator_abi.h>

#include "layout.h"

/* The macros must compile as well. */
int reads_a_field(const bkg_step_input* input);
int reads_a_field(const bkg_step_input* input) {
  return BKG_HAS_FIELD(input, reply_count) ? (int)input->reply_count : (int)BKG_TARGET_MINOR;
}
