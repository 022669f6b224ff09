#include "model/booking_event.hpp"

namespace bookgate::model {

std::string_view StatusName(AppointmentStatus status) {
  switch (status) {
    case AppointmentStatus::kBooked:
      return "booked";
    case AppointmentStatus::kCancelled:
      return "cancelled";
    case AppointmentStatus::kNoShow:
      return "no_show";
  }
  return "booked";
}

std::string_view ActionName(Action action) {
  switch (action) {
    case Action::kBooked:
      return "booked";
    case Action::kRescheduled:
      return "rescheduled";
    case Action::kCancelled:
      return "cancelled";
    case Action::kNoShow:
      return "no_show";
    case Action::kUpdated:
      return "updated";
  }
  return "booked";
}

}  // namespace bookgate::model
