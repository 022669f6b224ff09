/// \file admin_client.hpp
/// The administration's API as a browser uses it, for tests.
#pragma once

#include <bookgate/json.hpp>

#include <optional>
#include <string>
#include <vector>

#include "support/test_gateway.hpp"

namespace bookgate::tests {

constexpr const char* kAdminPassword = "correct horse battery";

/// The page is reached on this machine alone, over plain HTTP.
const ConfigKeys kOnThisMachine = {{"server.public_url", "\"\""}};

/// Makes an admin with that password; of one org, or of the installation for "".
void MakeAdmin(const TestGateway& gateway, const std::string& email, const std::string& org = {},
               const std::string& password = kAdminPassword);

/// What belongs to a call beside its route.
struct AdminCall {
  std::string method = "GET";
  std::string path;  ///< Below /api/admin/v1.
  std::string body;
  bool cookie = true;
  bool csrf = true;  ///< With every method but GET and HEAD.
  std::vector<std::string> headers;
};

/// One browser. The gateway outlives it and is not restarted meanwhile.
class AdminClient {
 public:
  explicit AdminClient(const TestGateway& gateway) : gateway_(gateway) {}

  /// Keeps cookie and CSRF token if it works.
  HttpReply SignIn(const std::string& email, const std::string& password = kAdminPassword);

  HttpReply Send(const AdminCall& call) const;
  HttpReply Get(const std::string& path) const { return Send({"GET", path, {}, true, true, {}}); }
  HttpReply Post(const std::string& path, const std::string& body = {}) const {
    return Send({"POST", path, body, true, true, {}});
  }
  /// The JSON of a 200; std::runtime_error for anything else.
  json::Document JsonOf(const std::string& path) const;

  const std::string& cookie() const { return cookie_; }  ///< "name=value"
  void UseCookie(std::string cookie) { cookie_ = std::move(cookie); }

 private:
  const TestGateway& gateway_;
  std::string cookie_;
  std::string csrf_;
};

}  // namespace bookgate::tests
