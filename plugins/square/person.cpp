#include "person.hpp"

#include <bookgate/text.hpp>

namespace bookgate::square {

std::optional<std::string> FullName(json::Value person) {
  std::optional<std::string> name = person["given_name"].Text();
  const std::optional<std::string> family = person["family_name"].Text();
  if (family) name = name ? *name + " " + *family : *family;
  return name;
}

void ReadCustomer(json::Value customer, Booking& booking, std::vector<std::string>& notes) {
  booking.customer_name = FullName(customer);
  if (!booking.customer_name) booking.customer_name = customer["company_name"].Text();
  booking.customer_phone = customer["phone_number"].Text();
  booking.customer_email = customer["email_address"].Text();
  if (booking.customer_email && !LooksLikeEmail(*booking.customer_email)) {
    booking.customer_email.reset();
    notes.push_back("The customer's email address at Square is none and was left out.");
  }
}

}  // namespace bookgate::square
