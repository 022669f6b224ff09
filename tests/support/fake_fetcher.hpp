/// \file fake_fetcher.hpp
/// Providers' APIs as a test says that they answer.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "lookup/fetcher.hpp"

namespace bookgate::tests {

inline lookup::FetchReply ApiAnswer(unsigned status, std::string body = "{}") {
  lookup::FetchReply reply;
  reply.end = lookup::FetchEnd::kAnswered;
  reply.status = status;
  reply.content_type = "application/json";
  reply.body = std::move(body);
  return reply;
}

/// Answers at once with `answer`, or keeps requests until the test answers them. Belongs to one
/// thread.
class FakeFetcher : public lookup::Fetcher {
 public:
  bool Fetch(lookup::FetchRequest request, lookup::FetchDone done) override {
    if (full) return false;
    requests.push_back(std::move(request));
    if (answer) {
      done(answer(requests.back()));
    } else {
      waiting.push_back(std::move(done));
    }
    return true;
  }

  /// Of the request that was kept as that number.
  void Answer(std::size_t index, lookup::FetchReply reply) { waiting[index](std::move(reply)); }

  bool full = false;
  std::function<lookup::FetchReply(const lookup::FetchRequest&)> answer;
  std::vector<lookup::FetchRequest> requests;
  std::vector<lookup::FetchDone> waiting;
};

}  // namespace bookgate::tests
