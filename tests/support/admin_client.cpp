#include "support/admin_client.hpp"

#include <stdexcept>

namespace bookgate::tests {

void MakeAdmin(const TestGateway& gateway, const std::string& email, const std::string& org,
               const std::string& password) {
  std::vector<std::string> arguments = {"admin", "create", email};
  if (!org.empty()) arguments.insert(arguments.end(), {"--org", org});
  gateway.JsonOf(arguments, password + "\n");
}

HttpReply AdminClient::SignIn(const std::string& email, const std::string& password) {
  HttpReply reply = Send({"POST",
                          "/session",
                          R"({"email":")" + email + R"(","password":")" + password + R"("})",
                          true,
                          false,
                          {}});
  if (reply.status == 200) {
    const std::string& set = reply.headers.at("set-cookie");
    cookie_ = set.substr(0, set.find(';'));
    csrf_ = ParseJson(reply.body).root()["csrf_token"].Text().value();
  }
  return reply;
}

HttpReply AdminClient::Send(const AdminCall& call) const {
  HttpCall http;
  http.method = call.method;
  http.url = "http://127.0.0.1:" + std::to_string(gateway_.port()) + "/api/admin/v1" + call.path;
  http.headers = call.headers;
  http.body = call.body;
  if (call.cookie && !cookie_.empty()) http.headers.push_back("Cookie: " + cookie_);
  const bool changes = call.method != "GET" && call.method != "HEAD";
  if (changes && call.csrf) http.headers.push_back("X-Bookgate-Csrf: " + csrf_);
  // Without a body curl would name a type of its own.
  http.headers.push_back(call.body.empty() ? "Content-Type:" : "Content-Type: application/json");
  return tests::Send(http);
}

json::Document AdminClient::JsonOf(const std::string& path) const {
  const HttpReply reply = Get(path);
  if (reply.status != 200) {
    throw std::runtime_error(path + ": " + std::to_string(reply.status) + " " + reply.body);
  }
  return ParseJson(reply.body);
}

}  // namespace bookgate::tests
