/// \file curl_fetcher.hpp
/// Makes requests with libcurl, all of them on one thread.
#pragma once

#include <memory>
#include <string>

#include "lookup/fetcher.hpp"
#include "lookup/lanes.hpp"

namespace bookgate::lookup {

/// HTTPS with verified certificates, connections kept for the next request, no redirects, no proxy,
/// and no address of a private network (unless the request says that the address is ours). Starts
/// its thread when it is made.
class CurlFetcher final : public Fetcher {
 public:
  /// `ca_file` has the authorities that may vouch for APIs, as PEM; "": those that the system
  /// trusts.
  explicit CurlFetcher(LaneLimits limits = {}, const std::string& ca_file = {});
  /// Stops.
  ~CurlFetcher() override;

  bool Fetch(FetchRequest request, FetchDone done) override;

  /// Abandons what is under way or waits: those are called back with kStopped. Returns when the
  /// thread has ended.
  void Stop();

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace bookgate::lookup
