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

std::optional<Outcome> OutcomeNamed(std::string_view name) {
  for (const Outcome outcome : {Outcome::kStored, Outcome::kDuplicate, Outcome::kIgnored,
                                Outcome::kHeld, Outcome::kDead, Outcome::kRefused}) {
    if (OutcomeName(outcome) == name) return outcome;
  }
  return std::nullopt;
}

}  // namespace bookgate::model
