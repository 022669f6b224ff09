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

}  // namespace
}  // namespace bookgate::translate
