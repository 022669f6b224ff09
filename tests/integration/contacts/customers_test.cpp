// Who the customer of a booking is: found by email or telephone number, completed but never
// overwritten, and made once however many bookings come at the same moment.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/at_once.hpp"
#include "support/case_bodies.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

/// A booking with these members beside its id, which is a fresh one.
std::string Booking(const std::string& members) {
  static int count = 0;
  return R"({"external_id":"b)" + std::to_string(++count) + R"(",)" + members + "}";
}

std::string WithEmail(const std::string& email) {
  return Booking(R"("customer_email":")" + email + "\"");
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// A booking by telephone as Cal.com sends it: with an address that it makes up of the number.
std::string ByPhone(const std::string& uid, const std::string& phone,
                    const std::string& name = "Nils Aaker") {
  std::string body = CaseBody("calcom", "invented-address-of-a-booking-by-phone");
  body = Replaced(std::move(body), "kP3vWq8ZtYb2NcRf5MhJxA", uid);
  body = Replaced(std::move(body), "+47 22 55 01 44", phone);
  return Replaced(std::move(body), "Nils Aaker", name);
}

struct Contact {
  std::int64_t id = 0;
  bool created = false;
};

Contact ContactOf(const HttpReply& reply) {
  const json::Document answer = ParseJson(reply.body);
  return {answer.root()["contact_id"].Integer().value_or(-1),
          answer.root()["contact_created"].Bool().value_or(false)};
}

TEST_CASE("a new customer is a contact with name, email and phone") {
  const RunningGateway running;
  CHECK(ContactOf(running.Post(Booking(
                      R"("customer_email":"  Ann.Lee+shop@Example.com ","customer_name":"Ann Lee",)"
                      R"("customer_phone":"+1 555 0100")")))
            .created);
  CHECK(running.database.Text("SELECT Email, Name, Phone, IsCustomer, "
                              "CreatedAt > UTC_TIMESTAMP() - INTERVAL 1 HOUR FROM contacts") ==
        "Ann.Lee+shop@Example.com | Ann Lee | +1 555 0100 | 1 | 1");
}

TEST_CASE("one address in any case is one customer") {
  const RunningGateway running;
  const std::vector<std::vector<std::string>> same = {
      {"ann@example.com", "ANN@EXAMPLE.COM", "Ann@Example.Com", " ann@example.com "},
      {"josé@example.com", "JOSÉ@example.com", "José@EXAMPLE.com"},
      {"ΟΔΥΣΣΕΥΣ@example.com", "οδυσσευς@example.com", "οδυσσευσ@example.com"},
      {"иван@пример.рф", "ИВАН@ПРИМЕР.РФ"},
      {"straße@example.com", "STRASSE@example.com"},
  };
  for (const std::vector<std::string>& addresses : same) {
    const Contact first = ContactOf(running.Post(WithEmail(addresses.front())));
    CHECK(first.created);
    for (const std::string& address : addresses) {
      CAPTURE(address);
      const Contact again = ContactOf(running.Post(WithEmail(address)));
      CHECK(again.id == first.id);
      CHECK_FALSE(again.created);
    }
  }
  CHECK(running.database.Number("SELECT COUNT(*) FROM contacts") ==
        static_cast<std::int64_t>(same.size()));
}

TEST_CASE("addresses that only look alike are different customers") {
  const RunningGateway running;
  for (const std::string address :
       {"ann.lee@example.com", "annlee@example.com", "ann.lee+shop@example.com",
        "ann.lee@example.org", "jose@example.com", "josé@example.com", "jose\\u0301@example.com",
        "ａｎｎ.lee@example.com", "аnn.lee@example.com"}) {
    CAPTURE(address);
    CHECK(ContactOf(running.Post(WithEmail(address))).created);
  }
}

TEST_CASE("the same address at another shop is another contact") {
  RunningGateway running;
  const TestOrg other = running.gateway.MakeOrg("Other shop");
  CHECK(ContactOf(running.Post(WithEmail("ann@example.com"))).created);
  HttpReply reply;
  REQUIRE(Eventually([&] {
    reply = running.gateway.Post(other, WithEmail("ann@example.com"));
    return reply.status == 200;
  }));
  CHECK(ContactOf(reply).created);
}

TEST_CASE("what is empty is filled in, what is there is never overwritten") {
  const RunningGateway running;
  constexpr const char* kContact = "SELECT Name, Phone FROM contacts";
  running.Post(Booking(R"("customer_email":"ann@example.com")"));
  CHECK(running.database.Text(kContact) == "NULL | NULL");
  running.Post(Booking(R"("customer_email":"ann@example.com","customer_name":"  ")"));
  CHECK(running.database.Text(kContact) == "NULL | NULL");
  running.Post(Booking(R"("customer_email":"ann@example.com","customer_phone":"+1 555 0100")"));
  CHECK(running.database.Text(kContact) == "NULL | +1 555 0100");
  running.Post(Booking(R"("customer_email":"ANN@example.com","customer_name":"Ann Lee",)"
                       R"("customer_phone":"+1 555 0199")"));
  CHECK(running.database.Text(kContact) == "Ann Lee | +1 555 0100");
  running.Post(Booking(R"("customer_email":"ann@example.com","customer_name":"Anna Leigh",)"
                       R"("customer_phone":"")"));
  CHECK(running.database.Text(kContact) == "Ann Lee | +1 555 0100");
  CHECK(running.database.Text("SELECT Email FROM contacts") == "ann@example.com");
}

TEST_CASE("a booking by telephone makes a contact without the address that the provider made up") {
  const RunningGateway running;
  const HttpReply first = running.Post(ByPhone("one", "+47 22 55 01 44"));
  REQUIRE(first.status == 200);
  CHECK(ContactOf(first).created);
  CHECK(running.database.Text("SELECT Email, Name, Phone FROM contacts") ==
        "NULL | Nils Aaker | +47 22 55 01 44");
  SUBCASE("and is found again by its digits") {
    const Contact again = ContactOf(running.Post(ByPhone("two", "0047 (22) 55-01-44")));
    const Contact same = ContactOf(running.Post(ByPhone("three", "+4722550144")));
    CHECK(same.id == ContactOf(first).id);
    CHECK_FALSE(same.created);
    // 0047 and +47 are not the same digits.
    CHECK(again.created);
  }
  SUBCASE("and another number is somebody else") {
    CHECK(ContactOf(running.Post(ByPhone("two", "+47 22 55 01 45"))).created);
  }
}

TEST_CASE("who books by telephone is the customer whose number it is") {
  const RunningGateway running;
  const Contact known = ContactOf(running.Post(
      Booking(R"("customer_email":"nils@example.com","customer_phone":"+47 22550144")")));
  const Contact calling = ContactOf(running.Post(ByPhone("one", "+47 22 55 01 44")));
  CHECK(calling.id == known.id);
  CHECK_FALSE(calling.created);
  CHECK(running.database.Text("SELECT Email, Phone FROM contacts") ==
        "nils@example.com | +47 22550144");
}

TEST_CASE("the name that comes with a telephone number is filled in, too") {
  const RunningGateway running;
  running.Post(Booking(R"("customer_email":"nils@example.com","customer_phone":"+47 22550144")"));
  running.Post(ByPhone("one", "+47 22 55 01 44", "Nils Aaker"));
  CHECK(running.database.Text("SELECT Name FROM contacts") == "Nils Aaker");
}

void CheckOneContact(const RunningGateway& running, const std::vector<HttpReply>& replies) {
  int created = 0;
  for (const HttpReply& reply : replies) {
    REQUIRE(reply.status == 200);
    created += ContactOf(reply).created ? 1 : 0;
    CHECK(ContactOf(reply).id == ContactOf(replies.front()).id);
    CHECK(ParseJson(reply.body).root()["created"].Bool() == true);
  }
  CHECK(created == 1);
  CHECK(running.database.Number("SELECT COUNT(*) FROM contacts") == 1);
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") ==
        static_cast<std::int64_t>(replies.size()));
}

TEST_CASE("64 bookings of a new customer at once make one contact") {
  const RunningGateway running;
  SUBCASE("by email, written in two ways") {
    CheckOneContact(running, AtOnce(64, [&](std::size_t i) {
                      return running.Post(R"({"customer_email":")" +
                                          std::string(i % 2 == 0 ? "Ann@" : "ann@") +
                                          R"(example.com","customer_name":"Ann","external_id":)" +
                                          std::to_string(i) + "}");
                    }));
    CHECK(running.database.Text("SELECT Name FROM contacts") == "Ann");
  }
  SUBCASE("by telephone") {
    CheckOneContact(running, AtOnce(64, [&](std::size_t i) {
                      return running.Post(ByPhone("uid" + std::to_string(i), "+47 22 55 01 44"));
                    }));
  }
}

TEST_CASE("64 bookings that fill in the same fields at once fill them in once") {
  const RunningGateway running;
  running.Post(WithEmail("ann@example.com"));
  const std::vector<HttpReply> replies = AtOnce(64, [&](std::size_t i) {
    const std::string number = std::to_string(i);
    return running.Post(R"({"customer_email":"ann@example.com","customer_name":"Name )" + number +
                        R"(","customer_phone":"+1 555 0100 )" + number + R"(","external_id":)" +
                        number + "}");
  });
  for (const HttpReply& reply : replies) CHECK(reply.status == 200);
  CHECK(running.database.Number("SELECT COUNT(*) FROM contacts WHERE Name LIKE 'Name %' "
                                "AND Phone LIKE '+1 555 0100 %'") == 1);
}

}  // namespace
}  // namespace bookgate::tests
