/// \file http_client.hpp
/// Sends one HTTP request and waits for its answer, for tests.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace bookgate::tests {

struct HttpReply {
  int status = 0;                              ///< 0: no answer came; `error` says why.
  std::map<std::string, std::string> headers;  ///< Lower-case names.
  std::string body;
  std::string error;
};

struct HttpCall {
  std::string method = "POST";
  std::string url;
  std::vector<std::string> headers;  ///< "Name: value"
  std::string body;
};

HttpReply Send(const HttpCall& call);

}  // namespace bookgate::tests
