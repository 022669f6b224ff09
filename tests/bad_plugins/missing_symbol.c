/* Needs a function that nobody has. */
#include "bad_plugin.h"

extern uint32_t nobody_has_this_function(const bkg_step_input* input, const bkg_result_sink* sink);

BAD_TRANSLATOR(BAD_MANIFEST, nobody_has_this_function)
