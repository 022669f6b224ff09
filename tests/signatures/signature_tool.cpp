// Signs and verifies requests that it reads from standard input, one JSON object a line, and
// answers each with a line of JSON.
//
//   {"do":"verify","signature":{...},"key":"...","url":"...","headers":{...},"body":"...","now":0}
//     checks it as the gateway does; gives {"state":"valid","reason":""}. `signature` is the member
//     of a manifest; null: what holds for `generic`.
//   {"do":"sign","as":"square","key":"...","url":"...","body":"..."}
//   {"do":"sign","as":"standard-webhooks","key":"whsec_...","id":"...","time":"...","body":"..."}
//     give {"signature":"..."}, made with OpenSSL.
#include <bookgate/json.hpp>

#include <chrono>
#include <iostream>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "auth/signature.hpp"
#include "base/json_writer.hpp"
#include "support/signer.hpp"
#include "translate/signature_reader.hpp"

namespace {

using namespace bookgate;

/// A member that must be a string.
std::string Text(json::Value request, std::string_view name) {
  const std::optional<std::string_view> text = request[name].RawString();
  if (!text) throw std::invalid_argument("lacks the text " + std::string(name));
  return std::string(*text);
}

std::string_view NameOf(auth::SignatureState state) {
  switch (state) {
    case auth::SignatureState::kValid:
      return "valid";
    case auth::SignatureState::kInvalid:
      return "invalid";
    case auth::SignatureState::kExpired:
      return "expired";
    case auth::SignatureState::kAbsent:
      break;
  }
  return "absent";
}

model::SignatureScheme SchemeOf(json::Value signature) {
  if (signature.has_value()) return translate::ReadSignature(signature);
  return std::get<model::SignatureScheme>(translate::ReadOperatorScheme(""));
}

std::string Verify(json::Value request) {
  std::vector<model::Field> headers;
  const json::Value sent = request["headers"];
  for (std::size_t i = 0; i < sent.size(); ++i) {
    const std::string name(sent.NameAt(i));
    headers.push_back({name, Text(sent, name)});
  }
  const std::string key = Text(request, "key");
  const std::string body = Text(request, "body");
  const std::vector<std::string> urls = {Text(request, "url")};
  const base::Instant now{std::chrono::seconds(request["now"].Integer().value_or(0))};
  const std::vector<std::string_view> keys = {key};
  const auth::SignatureCheck check =
      auth::CheckSignature(SchemeOf(request["signature"]), keys, {headers, body, urls, now});
  base::JsonWriter out;
  out.Object().Member("state", NameOf(check.state)).Member("reason", check.reason).EndObject();
  return out.Text();
}

std::string Signature(json::Value request) {
  const std::string key = Text(request, "key");
  const std::string body = Text(request, "body");
  if (Text(request, "as") == "square") {
    return tests::Base64(tests::HmacSha256(key, Text(request, "url") + body));
  }
  const std::string content = Text(request, "id") + "." + Text(request, "time") + "." + body;
  const std::string bytes = tests::FromBase64(key.substr(std::string("whsec_").size()));
  return "v1," + tests::Base64(tests::HmacSha256(bytes, content));
}

std::string AnswerTo(const std::string& line) {
  const std::optional<json::Document> document = json::Document::Parse(line);
  if (!document) throw std::invalid_argument("not JSON");
  const json::Value request = document->root();
  if (Text(request, "do") == "verify") return Verify(request);
  base::JsonWriter out;
  out.Object().Member("signature", Signature(request)).EndObject();
  return out.Text();
}

}  // namespace

int main() {
  std::string line;
  try {
    while (std::getline(std::cin, line)) std::cout << AnswerTo(line) << '\n';
  } catch (const std::exception& error) {
    std::cerr << "signature_tool: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
