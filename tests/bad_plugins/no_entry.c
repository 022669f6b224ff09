/* A shared library that is something else. */
#include <bookgate/translator_abi.h>

BKG_EXPORT int something_else(void);
BKG_EXPORT int something_else(void) {
  return 7;
}
