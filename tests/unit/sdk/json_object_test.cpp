// Bodies and cursors as text: exactly these bytes.
#include <doctest/doctest.h>
#include <bookgate/json_object.hpp>

namespace bookgate {
namespace {

TEST_CASE("nothing in it") {
  CHECK(JsonObject().ToText() == "{}");
}

TEST_CASE("members of every type, in the order of the calls") {
  JsonObject inner;
  inner.Texts("names", {"a", "b\"c"}).Texts("none", {});
  JsonObject object;
  object.Text("t", "x\ny").Number("n", -7).Flag("yes", true).Flag("no", false);
  object.Object("inner", inner);
  CHECK(object.ToText() ==
        R"({"t":"x\ny","n":-7,"yes":true,"no":false,"inner":{"names":["a","b\"c"],"none":[]}})");
}

TEST_CASE("text that is not UTF-8 is repaired, names and values") {
  CHECK(JsonObject().Text("\xFF", "a\xFF").ToText() == "{\"\xEF\xBF\xBD\":\"a\xEF\xBF\xBD\"}");
}

}  // namespace
}  // namespace bookgate
