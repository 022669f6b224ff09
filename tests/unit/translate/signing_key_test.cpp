// The gateway's key on its way into a request, and the provider's out of an answer.
#include "translate/signing_key.hpp"

#include <doctest/doctest.h>

namespace bookgate::translate {
namespace {

Lookup WithBody(std::string body) {
  Lookup lookup;
  lookup.method = Method::kPost;
  lookup.body = std::move(body);
  return lookup;
}

TEST_CASE("a key is put in wherever a whole value asks for it") {
  const Lookup lookup = WithBody(R"({"a":"${signing_key}","b":[{"c":"${signing_key}"},"x"]})");
  CHECK(WantsSigningKey(lookup));
  CHECK(BodyWithSigningKey(lookup, "k\"1") == R"({"a":"k\"1","b":[{"c":"k\"1"},"x"]})");
}

TEST_CASE("names, parts of texts and other bodies stay as they are") {
  for (const char* body : {R"({"${signing_key}":"a"})", R"({"a":" ${signing_key}"})", R"({})", "",
                           R"({"a":"signing_key"})", "${signing_key}"}) {
    CHECK_FALSE(WantsSigningKey(WithBody(body)));
    CHECK(BodyWithSigningKey(WithBody(body), "k") == body);
  }
}

TEST_CASE("a key that looks like the place for one is put in once") {
  CHECK(BodyWithSigningKey(WithBody(R"({"a":"${signing_key}"})"), "${signing_key}") ==
        R"({"a":"${signing_key}"})");
}

TEST_CASE("the provider's key is where the translator says") {
  const std::vector<LookupReply> replies = {
      {0, "list", "", R"({"subscription":{"key":"no"}})", 200},
      {0, "create", "", R"({"subscription":{"key":"s3cret","n":{}}})", 200},
      {1, "lost", "", "", 0}};
  CHECK(SigningKeyIn({"create", "/subscription/key"}, replies) == "s3cret");
  CHECK_FALSE(SigningKeyIn({"create", "/subscription/n"}, replies));
  CHECK_FALSE(SigningKeyIn({"create", "/subscription/other"}, replies));
  CHECK_FALSE(SigningKeyIn({"lost", "/subscription/key"}, replies));
  CHECK_FALSE(SigningKeyIn({"unknown", "/subscription/key"}, replies));
  CHECK_FALSE(SigningKeyIn({"", ""}, replies));
}

}  // namespace
}  // namespace bookgate::translate
