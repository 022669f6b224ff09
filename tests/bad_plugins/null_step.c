/* Has no step. */
#include "bad_plugin.h"

BAD_TRANSLATOR(BAD_MANIFEST, NULL)
