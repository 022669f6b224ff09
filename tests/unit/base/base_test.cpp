// The small things that everything is built of.
#include <doctest/doctest.h>

#include <memory>
#include <set>

#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "base/unique_function.hpp"
#include "base/uuid.hpp"

using bookgate::base::Instant;
using bookgate::base::Result;
using bookgate::base::UniqueFunction;
using bookgate::base::Uuid;

TEST_CASE("a UUIDv7 carries its time, version and variant and survives its text form") {
  const Instant when{std::chrono::milliseconds(0x0197'1234'5678)};
  const Uuid id = Uuid::Version7(when);
  const std::string text = id.ToString();
  CHECK(text.substr(0, 13) == "01971234-5678");
  CHECK(text[14] == '7');
  CHECK(std::string("89ab").find(text[19]) != std::string::npos);
  CHECK(Uuid::Parse(text) == id);
}

TEST_CASE("UUIDs of one moment differ, and later ones sort behind earlier ones") {
  const Instant when{std::chrono::milliseconds(1'700'000'000'000)};
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(Uuid::Version7(when).ToString());
  CHECK(seen.size() == 1000);
  for (int i = 0; i < 2000; ++i) {
    const Instant earlier = when + std::chrono::microseconds(i);
    CHECK(Uuid::Version7(earlier) < Uuid::Version7(earlier + std::chrono::microseconds(1)));
  }
}

TEST_CASE("what is no UUID is not parsed as one") {
  CHECK_FALSE(Uuid::Parse(""));
  CHECK_FALSE(Uuid::Parse("0197123456787000800000000000000000000"));
  CHECK_FALSE(Uuid::Parse("01971234-5678-7000-8000-00000000000g"));
  CHECK_FALSE(Uuid::Parse("01971234-5678-7000-8000-0000000000001"));
  CHECK_FALSE(Uuid::Parse("01971234x5678-7000-8000-000000000000"));
}

TEST_CASE("a unique function holds what cannot be copied") {
  auto number = std::make_unique<int>(41);
  UniqueFunction<int(int)> add = [number = std::move(number)](int n) { return *number + n; };
  UniqueFunction<int(int)> moved = std::move(add);
  CHECK(moved(1) == 42);
  CHECK_FALSE(static_cast<bool>(UniqueFunction<void()>()));
}

TEST_CASE("taking the value of a failure is a bug and throws") {
  const Result<int> failed = bookgate::base::Unavailable("the database is down");
  CHECK_FALSE(failed.ok());
  CHECK(failed.failure().operator_text == "the database is down");
  CHECK_THROWS(static_cast<void>(failed.value()));
}

TEST_CASE("control characters are escaped wherever they stand in a text") {
  for (char control = 0; control < 0x20; ++control) {
    for (std::size_t at = 0; at < 40; ++at) {
      std::string text(40, 'x');
      text[at] = control;
      bookgate::base::JsonWriter json;
      json.Value(text);
      CAPTURE(static_cast<int>(control));
      CHECK(json.Text().find('\\') == at + 1);
      CHECK(json.Text().find(control) == std::string::npos);
    }
  }
}
