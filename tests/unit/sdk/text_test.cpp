#include <doctest/doctest.h>
#include <bookgate/text.hpp>

#include <string>

namespace bookgate {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

TEST_CASE("trimming takes blanks and NULs from both ends only") {
  CHECK(Trim("  a b\t\r\n") == "a b");
  CHECK(Trim("") == "");
  CHECK(Trim(" \t ") == "");
  CHECK(Trim(std::string_view("\0a\0", 3)) == "a");
  CHECK(NonEmpty(" a ") == "a");
  CHECK_FALSE(NonEmpty(" \n "));
}

TEST_CASE("ASCII case only") {
  CHECK(ToLowerAscii("JANE \xC3\x89") == "jane \xC3\x89");
  CHECK(EqualsIgnoringAsciiCase("Content-TYPE", "content-type"));
  CHECK_FALSE(EqualsIgnoringAsciiCase("\xC3\x89", "\xC3\xA9"));
  CHECK_FALSE(EqualsIgnoringAsciiCase("abc", "abcd"));
  // '@' and '`' differ in the bit that makes letters small.
  CHECK_FALSE(EqualsIgnoringAsciiCase("@", "`"));
}

TEST_CASE("addresses") {
  for (const char* text :
       {"jane@example.com", "j.doe+tag@mail.example.co.uk", "o'neil@example.test",
        "\xC3\xA9ric@ex\xC3\xA4mple.test", "a@localhost"}) {
    INFO(std::string(text));
    CHECK(LooksLikeEmail(text));
  }
  for (const char* text :
       {"", "@", "jane", "jane@", "@example.com", "jane@@example.com", "a@b@example.com",
        "jane doe@example.com", "jane@exam ple.com", "Jane <jane@example.com>",
        "a@example.com,b@example.com", "jane@example.com.", "jane@.example.com",
        "{{attendee.email}}@example.com", "jane@example.com\n"}) {
    INFO(std::string(text));
    CHECK_FALSE(LooksLikeEmail(text));
  }
}

TEST_CASE("telephone numbers") {
  for (const char* text :
       {"+49 30 1234567", "(555) 010-0199", "555.010.0199", "0049/30/123456", "12345",
        "+1 555 0100 x12", "+1 555 0100 ext. 12", "555 0100 extension 7"}) {
    INFO(std::string(text));
    CHECK(LooksLikePhone(text));
  }
  for (const char* text :
       {"", "1234", "call me", "123456789012345678901", "room 12345", "12345 Main Street",
        "jane@example.com", "x12345", "https://example.com/12345"}) {
    INFO(std::string(text));
    CHECK_FALSE(LooksLikePhone(text));
  }
}

TEST_CASE("time zone names") {
  for (const char* text : {"UTC", "GMT", "Europe/Lisbon", "America/Argentina/Buenos_Aires",
                           "Etc/GMT+3", "America/Port-au-Prince"}) {
    INFO(std::string(text));
    CHECK(LooksLikeTimeZone(text));
  }
  for (const char* text : {"", "Lisbon", "+02:00", "/Lisbon", "Europe/", "Europe/Lis bon",
                           "(GMT+1) Europe/Lisbon", "1/2"}) {
    INFO(std::string(text));
    CHECK_FALSE(LooksLikeTimeZone(text));
  }
}

TEST_CASE("UTF-8") {
  for (const char* text : {"", "a", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                           "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    CHECK(IsUtf8(text));
  }
  // Lone continuations, overlong forms, surrogates, beyond the last character, cut off.
  for (const char* text :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
        "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC2", "\xE2\x82",
        "\xF0\x9F\x98", "\xC2\x41", "a\xE2\x82z"}) {
    CHECK_FALSE(IsUtf8(text));
  }
}

TEST_CASE("percent-encoding goes and comes back") {
  CHECK(PercentEncode("aZ9-._~") == "aZ9-._~");
  CHECK(PercentEncode("a/b c?d&e=f%\xC3\xA9") == "a%2Fb%20c%3Fd%26e%3Df%25%C3%A9");
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  CHECK(PercentDecode(PercentEncode(every_byte), false) == every_byte);
  CHECK(PercentDecode(PercentEncode(every_byte), true) == every_byte);
}

TEST_CASE("an id that can stand in a path") {
  CHECK(IsPathSegment("a"));
  CHECK(IsPathSegment("a/b?"));
  CHECK(IsPathSegment("..a"));
  CHECK(IsPathSegment(std::string(255, 'x')));
  CHECK_FALSE(IsPathSegment(""));
  CHECK_FALSE(IsPathSegment("."));
  CHECK_FALSE(IsPathSegment(".."));
  CHECK_FALSE(IsPathSegment(std::string(256, 'x')));
}

TEST_CASE("percent-decoding leaves alone what is no escape") {
  CHECK(PercentDecode("100%", false) == "100%");
  CHECK(PercentDecode("%4", false) == "%4");
  CHECK(PercentDecode("%zz%41", false) == "%zzA");
  CHECK(PercentDecode("%%41", false) == "%A");
  CHECK(PercentDecode("%2b%2B", false) == "++");
  CHECK(PercentDecode("a+b%2B", true) == "a b+");
  CHECK(PercentDecode("a+b", false) == "a+b");
}

TEST_CASE("forms") {
  CHECK(ParseForm("a=1&b=two+words&c=%C3%A9") ==
        Fields{{"a", "1"}, {"b", "two words"}, {"c", "\xC3\xA9"}});
  CHECK(ParseForm("") == Fields{});
  CHECK(ParseForm("&&") == Fields{});
  CHECK(ParseForm("a") == Fields{{"a", ""}});
  CHECK(ParseForm("a=") == Fields{{"a", ""}});
  CHECK(ParseForm("=b") == Fields{{"", "b"}});
  CHECK(ParseForm("a=b=c") == Fields{{"a", "b=c"}});
  CHECK(ParseForm("a=1&a=2") == Fields{{"a", "1"}, {"a", "2"}});
  CHECK(ParseForm("a%3D1=b%26c&") == Fields{{"a=1", "b&c"}});
}

TEST_CASE("media types") {
  CHECK(MediaType("Application/JSON; charset=utf-8") == "application/json");
  CHECK(MediaType(" text/plain ;x") == "text/plain");
  CHECK(MediaType("") == "");
  CHECK(MediaType(";charset=utf-8") == "");
}

}  // namespace
}  // namespace bookgate
