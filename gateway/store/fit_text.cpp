#include "store/fit_text.hpp"

#include <bookgate/text.hpp>

namespace bookgate::store {

std::string FitText(std::string_view text, std::size_t limit) {
  if (text.size() > limit) {
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0u) == 0x80u) --limit;
    text = text.substr(0, limit);
  }
  return ToValidUtf8(text);
}

}  // namespace bookgate::store
