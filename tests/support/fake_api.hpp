/// \file fake_api.hpp
/// A provider's API as a test wants it: one of tests/fakes, running in the background.
#pragma once

#include <bookgate/json.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "support/program.hpp"
#include "support/temporary_folder.hpp"

namespace bookgate::tests {

/// A request that the API got.
struct ApiRequest {
  std::string method;
  std::string path;
  std::map<std::string, std::string> query;
  std::map<std::string, std::string> headers;  ///< Lower-case names.
  std::int64_t connection = 0;                 ///< Another number is another connection.
};

/// Serves from construction to destruction, on a free port of 127.0.0.1. Made and started on the
/// main thread.
/// What does not work as a test must be able to take for granted is a std::runtime_error.
class FakeApi {
 public:
  /// "square", "acuity", "calendly" or "calcom".
  explicit FakeApi(const std::string& provider);

  /// For plugins.NAME.lookup_base_url.
  std::string url() const;
  /// Quoted, as TOML has it.
  std::string toml_url() const { return "\"" + url() + "\""; }

  /// There is such a thing.
  void Put(const std::string& collection, const std::string& id, const std::string& json) const;
  void Delete(const std::string& collection, const std::string& id) const;
  /// The only credential that is right from now on.
  void SetToken(const std::string& token) const;
  /// Trouble to come; see tests/fakes/fake_api.mjs.
  void Script(const std::string& json) const;
  void EndTrouble() const;

  /// Every request since the last ForgetRequests.
  std::vector<ApiRequest> Requests() const;
  std::size_t CountRequests(const std::string& path_prefix = "/") const;
  void ForgetRequests() const;

  /// Nobody listens at its port any more.
  void Stop();
  /// It is back, at the same port, and knows nothing of what was before.
  void Start();

 private:
  void Control(const std::string& method, const std::string& path,
               const std::string& body = {}) const;

  const std::string script_;
  TemporaryFolder folder_;
  std::unique_ptr<BackgroundProgram> process_;
  std::uint16_t port_ = 0;
};

}  // namespace bookgate::tests
