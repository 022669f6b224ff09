// What strangers type into booking forms, in every column that takes text: it arrives byte by byte,
// does nothing on its way, and is shown without harm.
#include <doctest/doctest.h>

#include <algorithm>
#include <bookgate/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "base/json_writer.hpp"
#include "support/hex.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

const std::vector<std::string>& StrangeTexts() {
  static const std::vector<std::string> texts = {
      "Zoë Łukasz Nguyễn 王小明 עברית العربية",
      "💇‍♀️ 👩🏽‍🚀 🏳️‍🌈 𝕬𝖓𝖓",
      R"(O'Brien "Bob" `tick` \ \\ \' \" \n \0 %s %n ${x} {{y}} $(id))",
      "'; DROP TABLE appointments; -- ",
      "' OR 1=1 /*",
      "<script>alert(1)</script><img src=x onerror=alert(1)> & &amp;",
      std::string("nul\0in the middle", 17),
      "line\nbreak\r\nand\ttab",
      "\x1b[2J\x1b]0;title\x07 bell\x08\x7f",
      "\u202eright to left\u202c zero\u200bwidth \ufeff",
      "e\u0301 decomposed",
      "NULL",
      "?",
      ":name ? ?",
  };
  return texts;
}

/// As the gateway stores a text: without the white space around it.
std::string Trimmed(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::string BodyWith(const std::string& id, const std::string& text) {
  base::JsonWriter json;
  json.Object().Member("external_id", id).Member("customer_email", id + "@example.com");
  for (const char* member : {"customer_name", "appointment_type", "notes", "location", "host_name",
                             "cancel_reason", "referred_by", "source"}) {
    json.Member(member, text);
  }
  json.Key("answers").Array().Object().Member("question", text).Member("answer", text).EndObject();
  return json.EndArray().EndObject().Text();
}

TEST_CASE("strangers' text arrives unharmed in every column") {
  RunningGateway running;
  for (std::size_t i = 0; i < StrangeTexts().size(); ++i) {
    const std::string& text = StrangeTexts()[i];
    CAPTURE(text);
    const std::string id = "s" + std::to_string(i);
    const HttpReply reply = running.Post(BodyWith(id, text));
    REQUIRE(reply.status == 200);
    const std::string expected = Hex(Trimmed(text));
    for (const std::string column : {"a.AppointmentType", "a.Notes", "a.Location", "a.HostName",
                                     "a.CancelReason", "a.Source", "c.Name", "r.RelatedName"}) {
      CAPTURE(column);
      CHECK(running.database.Text("SELECT HEX(CONVERT(" + column +
                                  " USING utf8mb4)) FROM appointments a "
                                  "JOIN contacts c USING (OrgID, ContactID) "
                                  "JOIN contact_relationships r USING (OrgID, ContactID) "
                                  "WHERE a.ExternalID = '" +
                                  id + "'") == expected);
    }
    const json::Document answers = ParseJson(
        running.database.Text("SELECT Answers FROM appointments WHERE ExternalID = '" + id + "'"));
    CHECK(Hex(std::string(answers.root()[0]["answer"].RawString().value_or(""))) == expected);

    const json::Document shown =
        running.gateway.JsonOf({"appointments", running.org.id, "--limit", "1"});
    CHECK(shown.root()[0]["customer_name"].RawString() == Trimmed(text));
    CHECK(shown.root()[0]["source"].RawString() == Trimmed(text));
  }
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") ==
        static_cast<std::int64_t>(StrangeTexts().size()));
}

TEST_CASE("text for a terminal cannot steer it, and log lines cannot be forged") {
  RunningGateway running;
  for (std::size_t i = 0; i < StrangeTexts().size(); ++i) {
    running.Post(BodyWith("s" + std::to_string(i), StrangeTexts()[i]));
  }
  const ProgramResult table = running.gateway.Command({"appointments", running.org.id});
  CHECK(table.exit_status == 0);
  CHECK(table.out.find("<script>") != std::string::npos);
  for (const char control : {'\x1b', '\x07', '\x08', '\x7f', '\r', '\0'}) {
    CHECK(table.out.find(control) == std::string::npos);
  }
  // A heading, and one line an appointment.
  CHECK(std::count(table.out.begin(), table.out.end(), '\n') ==
        static_cast<std::ptrdiff_t>(StrangeTexts().size()) + 1);
  CHECK(running.gateway.Stop() == 0);
  std::istringstream log(running.gateway.Log());
  for (std::string line; std::getline(log, line);) CHECK(json::Document::Parse(line));
}

TEST_CASE("an org's name is as strange as it likes") {
  const TestDatabase database;
  TestGateway gateway(database);
  for (const std::string& text : StrangeTexts()) {
    if (text.find('\0') != std::string::npos) continue;  // No argument can hold it.
    const json::Document made = gateway.JsonOf({"org", "create", "--name", text});
    CHECK(made.root()["name"].RawString() == Trimmed(text));
  }
}

TEST_CASE("texts that do not fit are refused, not cut") {
  const RunningGateway running;
  struct Limit {
    std::string member;
    std::size_t bytes;
  };
  for (const Limit& limit : std::vector<Limit>{{"customer_name", 255},
                                               {"customer_phone", 64},
                                               {"appointment_type", 255},
                                               {"location", 1024},
                                               {"host_name", 255},
                                               {"source", 64},
                                               {"notes", 65'000},
                                               {"referred_by", 255}}) {
    CAPTURE(limit.member);
    const auto body = [&](std::size_t size) {
      return R"({"customer_email":"ann@example.com","external_id":")" + limit.member + R"(",")" +
             limit.member + R"(":")" + std::string(size, '5') + R"("})";
    };
    const HttpReply refused = running.Post(body(limit.bytes + 1));
    CHECK(refused.status == 422);
    CHECK(ParseJson(refused.body).root().At("/errors/0/pointer").Text() == "/" + limit.member);
    CHECK(ParseJson(refused.body).root().At("/errors/0/code").Text() == "too_long");
    CHECK(running.Post(body(limit.bytes)).status == 200);
  }
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == 8);
}

}  // namespace
}  // namespace bookgate::tests
