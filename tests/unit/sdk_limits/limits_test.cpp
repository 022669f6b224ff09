// What a customer types may be longer than a booking holds; what comes out must be whole characters
// within the limits, and ids and addresses must come out untouched.
#include <bookgate/limits.hpp>
#include <bookgate/text.hpp>

#include <doctest/doctest.h>

#include <string>

using bookgate::Answer;
using bookgate::Booking;
using bookgate::ClipUtf8;
using bookgate::FitToLimits;
using bookgate::LooksLikeTimeZone;

TEST_CASE("ClipUtf8 leaves a text that fits as it is") {
  CHECK(ClipUtf8("abc", 3) == "abc");
  CHECK(ClipUtf8("", 0) == "");
}

TEST_CASE("ClipUtf8 ends a cut text in an ellipsis, within the limit") {
  CHECK(ClipUtf8("abcdef", 5) == "ab\xE2\x80\xA6");
  CHECK(ClipUtf8("abcdef", 3) == "\xE2\x80\xA6");
  CHECK(ClipUtf8("abcdef", 2) == "ab");
}

TEST_CASE("ClipUtf8 never cuts a character in two") {
  const std::string text = "a\xC3\xB8\xE2\x82\xAC\xF0\x9F\x98\x80zzzzzz";
  for (std::size_t limit = 0; limit < text.size(); ++limit) {
    const std::string clipped = ClipUtf8(text, limit);
    CHECK(clipped.size() <= limit);
    CHECK(bookgate::IsUtf8(clipped));
  }
}

TEST_CASE("FitToLimits cuts texts, and only texts") {
  Booking booking;
  booking.external_id = std::string(500, 'i');
  booking.customer_email = std::string(500, 'e') + "@example.com";
  booking.customer_phone = std::string(100, '5');
  booking.customer_name = std::string(300, 'n');
  booking.host_email = std::string(500, 'h') + "@example.com";
  booking.location = std::string(2000, 'l');
  booking.notes = std::string(70'000, 't');
  booking.answers.assign(150, Answer{std::string(2000, 'q'), std::string(20'000, 'a')});
  FitToLimits(booking);
  CHECK(booking.external_id->size() == 500);
  CHECK(booking.customer_email->size() == 512);
  CHECK(booking.customer_phone->size() == 100);
  CHECK(booking.customer_name->size() == 255);
  CHECK(!booking.host_email);
  CHECK(booking.location->size() == 1024);
  CHECK(booking.notes->size() == 65'000);
  REQUIRE(booking.answers.size() == 100);
  CHECK(booking.answers[99].question.size() == 1000);
  CHECK(booking.answers[99].answer.size() == 10'000);
}

TEST_CASE("LooksLikeTimeZone takes the form of IANA names") {
  for (const char* zone : {"UTC", "GMT", "Europe/Lisbon", "America/Argentina/Buenos_Aires",
                           "Etc/GMT+5", "America/Port-au-Prince"}) {
    CHECK_MESSAGE(LooksLikeTimeZone(zone), zone);
  }
  for (const char* text :
       {"", "string", "/", "Europe/", "/Lisbon", "+02:00", "Europe/Lis bon", "Europe/Lisbon;"}) {
    CHECK_MESSAGE(!LooksLikeTimeZone(text), text);
  }
}
