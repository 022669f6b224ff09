// Who recommended the shop: kept once, for customers that are new, and tied to a contact only where
// there is no doubt which.
#include <doctest/doctest.h>

#include <string>

#include "support/case_bodies.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

std::string Booking(const std::string& email, const std::string& name,
                    const std::string& referrer = {}) {
  static int count = 0;
  return R"({"external_id":"b)" + std::to_string(++count) + R"(","customer_email":")" + email +
         R"(","customer_name":")" + name + R"(","referred_by":")" + referrer + R"("})";
}

/// Referrers, with the email of the contact that they are tied to.
constexpr const char* kReferrers =
    "SELECT c.Email, r.RelationshipType, r.RelatedName, o.Email FROM contact_relationships r "
    "JOIN contacts c ON c.OrgID = r.OrgID AND c.ContactID = r.ContactID "
    "LEFT JOIN contacts o ON o.OrgID = r.OrgID AND o.ContactID = r.RelatedContactID "
    "ORDER BY r.RelationshipID";

TEST_CASE("a referrer is tied to the one contact of that email or name") {
  const RunningGateway running;
  running.Post(Booking("tom@example.com", "Tom Okafor"));
  running.Post(Booking("ann@example.com", "Ann Lee", "tom OKAFOR"));
  running.Post(Booking("bob@example.com", "Bob Ray", " TOM@example.com "));
  running.Post(Booking("cid@example.com", "Cid Fox", "Tom"));
  CHECK(running.database.Text(kReferrers) ==
        "ann@example.com | Referrer | tom OKAFOR | tom@example.com\n"
        "bob@example.com | Referrer | TOM@example.com | tom@example.com\n"
        "cid@example.com | Referrer | Tom | NULL");
}

TEST_CASE("where two contacts have that name, the name alone is kept") {
  const RunningGateway running;
  running.Post(Booking("tom1@example.com", "Tom Okafor"));
  running.Post(Booking("tom2@example.com", "Tom Okafor"));
  running.Post(Booking("ann@example.com", "Ann Lee", "Tom Okafor"));
  CHECK(running.database.Text(kReferrers) == "ann@example.com | Referrer | Tom Okafor | NULL");
}

TEST_CASE("only new contacts get a referrer, and only one") {
  const RunningGateway running;
  running.Post(Booking("ann@example.com", "Ann Lee"));
  running.Post(Booking("ann@example.com", "Ann Lee", "Tom Okafor"));
  CHECK(running.database.Text(kReferrers).empty());
  const std::string body = Booking("bob@example.com", "Bob Ray", "Ann Lee");
  running.Post(body);
  running.Post(body);
  running.Post(Booking("bob@example.com", "Bob Ray", "Somebody else"));
  CHECK(running.database.Text(kReferrers) ==
        "bob@example.com | Referrer | Ann Lee | ann@example.com");
}

TEST_CASE("nobody recommends the shop to himself, and contacts of other shops do not count") {
  RunningGateway running;
  const TestOrg other = running.gateway.MakeOrg("Other shop");
  REQUIRE(Eventually([&] {
    return running.gateway.Post(other, Booking("tom@example.com", "Tom Okafor")).status == 200;
  }));
  running.Post(Booking("ann@example.com", "Ann Lee", "Ann Lee"));
  running.Post(Booking("bob@example.com", "Bob Ray", "Tom Okafor"));
  CHECK(running.database.Text(kReferrers) ==
        "ann@example.com | Referrer | Ann Lee | NULL\nbob@example.com | Referrer | Tom Okafor | "
        "NULL");
}

TEST_CASE("the answer to Calendly's question names the referrer") {
  const RunningGateway running;
  running.Post(Booking("tom@example.com", "Tom Okafor"));
  running.Post(CaseBody("calendly", "form-answers-give-type-referrer-and-notes"));
  CHECK(running.database.Text(kReferrers) ==
        "mara.quinn@example.com | Referrer | Tom Okafor | tom@example.com");
  CHECK(running.database.Text("SELECT AppointmentType, Notes FROM appointments WHERE Source = "
                              "'calendly'") == "Balayage | Allergic to ammonia");
}

TEST_CASE("of several new customers in one body, one may recommend another") {
  const RunningGateway running;
  running.Post("[" + Booking("ann@example.com", "Ann Lee") + "," +
               Booking("bob@example.com", "Bob Ray", "ann@example.com") + "]");
  CHECK(running.database.Text(kReferrers) ==
        "bob@example.com | Referrer | ann@example.com | ann@example.com");
}

}  // namespace
}  // namespace bookgate::tests
