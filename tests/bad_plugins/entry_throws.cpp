// Lets a C++ exception out of the entry point.
#include <bookgate/translator_abi.h>

#include <stdexcept>

extern "C" BKG_EXPORT const bkg_translator_v1* bkg_translator_entry_v1() {
  throw std::runtime_error("should have stayed inside");
}
