#include "translate/lookup_check.hpp"

#include <doctest/doctest.h>

#include <string>

namespace bookgate::translate {
namespace {

const LookupGrant kGrant = {
    {"api.example.com", "old.example.com"}, {"api.example.com", "other.example.com"}, 2};

Lookup LookupOf(std::string id, std::string host = "api.example.com") {
  return {std::move(id), std::move(host), "/things", {}, false};
}

std::string Reason(const std::vector<Lookup>& lookups,
                   const std::vector<LookupReply>* replies = nullptr, unsigned rounds = 0) {
  const std::optional<Failed> failed = CheckLookups(kGrant, lookups, replies, rounds);
  return failed ? failed->reason : "";
}

TEST_CASE("what is declared and granted may be asked for") {
  CHECK(Reason({LookupOf("a"), LookupOf("b")}) == "");
}

TEST_CASE("a host must be declared, whatever the operator grants") {
  CHECK(Reason({LookupOf("a"), LookupOf("b", "other.example.com")}) == "undeclared_host");
  CHECK(Reason({LookupOf("a", "API.example.com")}) == "undeclared_host");
  CHECK(Reason({LookupOf("a", "api.example.com:8080")}) == "undeclared_host");
  CHECK(Reason({LookupOf("a", "api.example.com.")}) == "undeclared_host");
}

TEST_CASE("a host must be granted, whatever the manifest declares") {
  CHECK(Reason({LookupOf("a", "old.example.com")}) == "ungranted_host");
}

TEST_CASE("an id is used once") {
  const std::vector<LookupReply> replies = {{0, "a", "", "", 200}};
  CHECK(Reason({LookupOf("a")}, &replies, 1) == "lookup_repeated");
  CHECK(Reason({LookupOf("b"), LookupOf("b")}) == "lookup_repeated");
  CHECK(Reason({LookupOf("b")}, &replies, 1) == "");
}

TEST_CASE("rounds end, also for a caller that does not count them") {
  CHECK(Reason({LookupOf("a")}, nullptr, 1) == "");
  CHECK(Reason({LookupOf("a")}, nullptr, 2) == "too_many_rounds");
  const LookupGrant one_round = {kGrant.declared_hosts, kGrant.granted_hosts, 1};
  const std::vector<LookupReply> replies = {{0, "a", "", "", 200}};
  const auto failed = CheckLookups(one_round, {LookupOf("b")}, &replies, 0);
  REQUIRE(failed);
  CHECK(failed->reason == "too_many_rounds");
}

Lookup RequestOf(Method method, std::string path, std::string body = "") {
  Lookup lookup = LookupOf("a");
  lookup.method = method;
  lookup.path = std::move(path);
  lookup.body = std::move(body);
  return lookup;
}

std::string ReasonOf(std::string_view operation, const Lookup& lookup, unsigned rounds = 0) {
  LookupGrant grant = kGrant;
  grant.searches = {"/things/search"};
  const auto failed = CheckLookups(grant, {lookup}, nullptr, rounds, operation);
  return failed ? failed->reason : "";
}

TEST_CASE("what only reads may not change anything") {
  for (const char* operation : {"translate", "list_bookings", "webhook_status"}) {
    CHECK(ReasonOf(operation, RequestOf(Method::kGet, "/things")) == "");
    CHECK(ReasonOf(operation, RequestOf(Method::kPost, "/things/search", "{}")) == "");
    CHECK(ReasonOf(operation, RequestOf(Method::kPost, "/things", "{}")) == "method_not_allowed");
    CHECK(ReasonOf(operation, RequestOf(Method::kPost, "/things/search/1", "{}")) ==
          "method_not_allowed");
    for (const Method method : {Method::kPut, Method::kPatch, Method::kDelete}) {
      CHECK(ReasonOf(operation, RequestOf(method, "/things/search")) == "method_not_allowed");
    }
  }
}

TEST_CASE("the other operations may") {
  for (const char* operation : {"register_webhook", "unregister_webhook"}) {
    for (const Method method :
         {Method::kGet, Method::kPost, Method::kPut, Method::kPatch, Method::kDelete}) {
      CHECK(ReasonOf(operation, RequestOf(method, "/things")) == "");
    }
  }
}

TEST_CASE("only register_webhook sets a signing key") {
  const Lookup lookup = RequestOf(Method::kPost, "/things/search", R"({"k":"${signing_key}"})");
  CHECK(ReasonOf("register_webhook", lookup) == "");
  CHECK(ReasonOf("unregister_webhook", lookup) == "signing_key_not_allowed");
  CHECK(ReasonOf("list_bookings", lookup) == "signing_key_not_allowed");
}

TEST_CASE("operations have eight rounds, whatever the manifest says of translate") {
  const Lookup lookup = RequestOf(Method::kGet, "/things");
  for (const char* operation :
       {"register_webhook", "unregister_webhook", "webhook_status", "list_bookings"}) {
    CHECK(ReasonOf(operation, lookup, 7) == "");
    CHECK(ReasonOf(operation, lookup, 8) == "too_many_rounds");
  }
}

TEST_CASE("GET and searches may be sent again") {
  const std::vector<std::string> searches = {"/things/search"};
  CHECK(MaySendAgain(RequestOf(Method::kGet, "/things"), searches));
  CHECK(MaySendAgain(RequestOf(Method::kPost, "/things/search"), searches));
  CHECK_FALSE(MaySendAgain(RequestOf(Method::kPost, "/things"), searches));
  CHECK_FALSE(MaySendAgain(RequestOf(Method::kDelete, "/things/search"), searches));
}

}  // namespace
}  // namespace bookgate::translate
