#include "model/delivery.hpp"

namespace bookgate::model {

std::string_view OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kStored:
      return "stored";
    case Outcome::kDuplicate:
      return "duplicate";
    case Outcome::kIgnored:
      return "ignored";
    case Outcome::kHeld:
      return "held";
    case Outcome::kDead:
      return "dead";
    case Outcome::kRefused:
      return "refused";
  }
  return "held";
}

}  // namespace bookgate::model
