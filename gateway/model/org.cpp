#include "model/org.hpp"

namespace bookgate::model {

std::string_view EndpointStateName(EndpointState state) {
  switch (state) {
    case EndpointState::kActive:
      return "active";
    case EndpointState::kDisabled:
      return "disabled";
    case EndpointState::kNone:
      break;
  }
  return "none";
}

}  // namespace bookgate::model
