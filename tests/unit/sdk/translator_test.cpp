// What BKG_TRANSLATOR exports, called as the gateway calls it.
#include <doctest/doctest.h>
#include <bookgate/translator.hpp>

#include <stdexcept>
#include <string>
#include <vector>

namespace {

using bookgate::Decision;
using bookgate::StepInput;

/// Does what the body tells it to.
struct Obedient {
  static constexpr std::string_view kManifest = "{}";
  static Decision Step(const StepInput& input) {
    if (input.body() == "throw") throw std::runtime_error("told to");
    if (input.body() == "throw a number") throw 7;
    if (input.body() == "reply") {
      return bookgate::Ignore{input.Reply("b") ? std::string(input.Reply("b")->body) : "none"};
    }
    if (input.body() == "header") {
      return bookgate::Ignore{std::string(input.Header("x-a").value_or("none"))};
    }
    if (input.body() == "query") {
      return bookgate::Ignore{std::string(input.Query("q").value_or("none"))};
    }
    return bookgate::Ignore{std::string(input.operation())};
  }
};

}  // namespace

BKG_TRANSLATOR(Obedient)

namespace {

bkg_span Span(std::string_view text) {
  return {text.data(), text.size()};
}

struct Stepped {
  std::uint32_t status = 0;
  std::vector<std::string> puts;
};

Stepped Step(bkg_step_input input) {
  Stepped stepped;
  const auto put = [](void* context, bkg_span result) {
    static_cast<Stepped*>(context)->puts.emplace_back(result.data, result.size);
  };
  const bkg_result_sink sink = {sizeof(bkg_result_sink), 0, &stepped, put};
  stepped.status = bkg_translator_entry_v1()->step(&input, &sink);
  return stepped;
}

bkg_step_input InputOf(std::string_view body) {
  bkg_step_input input{};
  input.struct_size = sizeof(input);
  input.body = Span(body);
  input.operation = Span("translate");
  return input;
}

TEST_CASE("the entry point gives the same constant struct every time") {
  const bkg_translator_v1* translator = bkg_translator_entry_v1();
  CHECK(translator == bkg_translator_entry_v1());
  CHECK(translator->struct_size == sizeof(bkg_translator_v1));
  CHECK(translator->target_minor == BKG_ABI_MINOR);
  CHECK(bookgate::ToView(translator->manifest) == "{}");
}

TEST_CASE("a decision is put once") {
  const Stepped stepped = Step(InputOf(""));
  CHECK(stepped.status == BKG_STEP_DECIDED);
  CHECK(stepped.puts == std::vector<std::string>{R"({"outcome":"ignore","reason":"translate"})"});
}

TEST_CASE("an exception becomes a failure with its text and goes no further") {
  const Stepped stepped = Step(InputOf("throw"));
  CHECK(stepped.status == BKG_STEP_FAILED);
  CHECK(stepped.puts == std::vector<std::string>{"told to"});
  CHECK(Step(InputOf("throw a number")).puts == std::vector<std::string>{"unknown exception"});
}

TEST_CASE("headers and query: the first of that name") {
  const bkg_field fields[] = {{Span("x-a"), Span("one")}, {Span("x-a"), Span("two")}};
  bkg_step_input input = InputOf("header");
  CHECK(Step(input).puts[0] == R"({"outcome":"ignore","reason":"none"})");
  input.headers = fields;
  input.header_count = 2;
  CHECK(Step(input).puts[0] == R"({"outcome":"ignore","reason":"one"})");

  const bkg_field query[] = {{Span("q"), Span("v")}};
  input = InputOf("query");
  input.query = query;
  input.query_count = 1;
  CHECK(Step(input).puts[0] == R"({"outcome":"ignore","reason":"v"})");
}

TEST_CASE("replies are found by id, also where a newer gateway's structs are longer") {
  struct LongerReply {
    bkg_lookup_reply known;
    std::uint64_t unknown;
  };
  const LongerReply first = {{sizeof(LongerReply), BKG_LOOKUP_ANSWERED, Span("a"), {}, {}, 404, 0},
                             1};
  const LongerReply second = {
      {sizeof(LongerReply), BKG_LOOKUP_ANSWERED, Span("b"), {}, Span("body_of_b"), 200, 0}, 2};
  const bkg_lookup_reply* const replies[] = {&first.known, &second.known};
  bkg_step_input input = InputOf("reply");
  input.replies = replies;
  input.reply_count = 2;
  CHECK(Step(input).puts[0] == R"({"outcome":"ignore","reason":"body_of_b"})");
}

TEST_CASE("a reply is good only if it was answered with a status of the 200s") {
  bookgate::LookupReply reply;
  CHECK_FALSE(reply.ok());
  reply.outcome = BKG_LOOKUP_ANSWERED;
  for (const std::uint32_t status : {200u, 204u, 299u}) {
    reply.http_status = status;
    CHECK(reply.ok());
  }
  for (const std::uint32_t status : {0u, 199u, 300u, 404u, 500u}) {
    reply.http_status = status;
    CHECK_FALSE(reply.ok());
  }
  reply.http_status = 200;
  for (const std::uint32_t outcome : {1u, 2u, 99u}) {
    reply.outcome = outcome;
    CHECK_FALSE(reply.ok());
  }
}

}  // namespace
