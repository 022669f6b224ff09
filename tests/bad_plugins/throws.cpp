// Lets a C++ exception out of step().
#include <stdexcept>

#include "bad_plugin.h"

namespace {

std::uint32_t Step(const bkg_step_input*, const bkg_result_sink*) {
  throw std::runtime_error("should have stayed inside");
}

}  // namespace

extern "C" {
BAD_TRANSLATOR(BAD_MANIFEST, Step)
}
