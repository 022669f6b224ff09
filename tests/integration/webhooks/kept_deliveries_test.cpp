// What is kept of a request: its body byte by byte, and nothing that would let somebody else in.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/hex.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

TEST_CASE("the body is kept as it came, whatever bytes it has") {
  const RunningGateway running;
  std::string all_bytes;
  for (int byte = 0; byte < 256; ++byte) all_bytes += static_cast<char>(byte);
  const std::vector<std::string> bodies = {
      all_bytes,
      "",
      std::string(1, '\0'),
      "  {\"customer_email\": \"ann@example.com\"}\r\n\r\n",
      "\xef\xbb\xbf{\"customer_email\":\"\xf0\x9f\x92\x87@example.com\"}",
      "'; DROP TABLE deliveries; -- \\' \\\\ \" ` %s $1 {}",
  };
  for (const std::string& body : bodies) {
    running.Post(body);
    CHECK(running.database.Text(
              "SELECT HEX(Body) FROM deliveries ORDER BY DeliveryID DESC LIMIT 1") == Hex(body));
  }
  CHECK(running.database.Number("SELECT COUNT(*) FROM deliveries") ==
        static_cast<std::int64_t>(bodies.size()));
}

TEST_CASE("no credential is in the database, the log, the metrics or an answer") {
  RunningGateway running(ConfigKeys{{"log.level", "\"debug\""}});
  const std::string& secret = running.org.secret;
  const std::vector<std::string> secrets = {
      secret,          "Cookie-5ecret",      "Basic-5ecret",
      "cal-5ignature", "calendly-5ignature", "square-5ignature",
      "other-5ecret"};
  std::vector<std::string> answers;
  for (const std::string provider : {"", "generic", "calendly", "calcom", "square", "unknown"}) {
    for (const bool right : {true, false}) {
      WebhookOptions options;
      options.provider = provider;
      options.query = "?token=" + (right ? secret : "other-5ecret") + "&api_key=other-5ecret";
      options.bearer = true;
      options.headers = {"Content-Type: application/json",
                         "Cookie: session=Cookie-5ecret",
                         "Proxy-Authorization: Basic Basic-5ecret",
                         "X-Cal-Signature-256: cal-5ignature",
                         "Calendly-Webhook-Signature: t=1,v1=calendly-5ignature",
                         "X-Square-HmacSha256-Signature: square-5ignature",
                         "User-Agent: Sender/1.0",
                         "Idempotency-Key: key-1"};
      answers.push_back(
          running.Post(R"({"customer_email":"ann@example.com","event":"x"})", options).body);
    }
  }
  CHECK(running.database.Number("SELECT COUNT(*) FROM deliveries") > 0);
  // What is of use to support is there.
  CHECK(running.database.Number(
            "SELECT COUNT(*) FROM deliveries WHERE Headers NOT LIKE '%Sender/1.0%'") == 0);

  // Everything that is text in any table.
  std::string stored;
  for (const std::vector<std::string>& row :
       running.database.Rows("SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS "
                             "WHERE TABLE_SCHEMA = DATABASE()")) {
    stored += running.database.Text("SELECT `" + row[1] + "` FROM `" + row[0] + "`") + "\n";
  }
  CHECK(stored.find("Sender/1.0") != std::string::npos);
  CHECK(stored.find("ann@example.com") != std::string::npos);
  const std::string metrics = running.gateway.GetOps("/metrics").body;
  for (const std::string& credential : secrets) {
    CAPTURE(credential);
    CHECK(stored.find(credential) == std::string::npos);
    CHECK(metrics.find(credential) == std::string::npos);
    for (const std::string& answer : answers) CHECK(answer.find(credential) == std::string::npos);
  }
  CHECK(running.gateway.Stop() == 0);
  const std::string log = running.gateway.Log();
  CHECK(log.find("\"delivery\"") != std::string::npos);
  for (const std::string& credential : secrets) {
    CAPTURE(credential);
    CHECK(log.find(credential) == std::string::npos);
  }
  // Nor are a customer's details, which are nobody's business but the shop's.
  CHECK(log.find("ann@example.com") == std::string::npos);
}

}  // namespace
}  // namespace bookgate::tests
