// Whom the fetcher believes: an API with a certificate of its own host, vouched for by an authority
// that is trusted, and in its time. The same requests to the same server, but for the certificate.
#include <array>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "integration/lookups/lookups_fixture.hpp"
#include "lookup/curl_fetcher.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

namespace bookgate::tests {
namespace {

using lookup::FetchEnd;
using lookup::FetchReply;
using lookup::FetchRequest;

/// An authority and what it signs.
class Authority {
 public:
  Authority() {
    Run({"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Authority",
         "-keyout", Path("ca.key"), "-out", file()});
    Run({"req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=API", "-keyout", key_file(), "-out",
         Path("api.csr")});
  }

  std::string file() const { return Path("ca.pem"); }
  std::string key_file() const { return Path("api.key"); }
  /// A certificate of that name, such as "IP:127.0.0.1", that lasts so many days from now on.
  std::string Sign(const std::string& name, const std::string& days) const {
    const std::string names = folder_.Write("names", "subjectAltName=" + name);
    std::string certificate = Path("api.pem");
    Run({"x509", "-req", "-in", Path("api.csr"), "-CA", file(), "-CAkey", Path("ca.key"),
         "-CAcreateserial", "-days", days, "-extfile", names, "-out", certificate});
    return certificate;
  }

 private:
  std::string Path(const std::string& name) const { return folder_.Path(name); }
  static void Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "openssl");
    const ProgramResult result = RunProgram(arguments);
    REQUIRE_MESSAGE(result.exit_status == 0, result.err);
  }

  TemporaryFolder folder_;
};

/// Answers every GET by HTTPS on a free port of 127.0.0.1.
class SecureApi {
 public:
  SecureApi(const std::string& certificate, const std::string& key)
      : server_({"openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key,
                 "-www"},
                folder_.Path("log")) {
    REQUIRE(Eventually([&] { return !Address().empty(); }));
  }

  FetchReply Get(lookup::CurlFetcher& fetcher) const {
    FetchRequest request;
    request.lane = "calendly";
    request.url = "https://" + Address() + "/";
    request.authorization = auth::ProtectedText("Bearer right-token");
    request.address_is_ours = true;
    request.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    std::promise<FetchReply> promise;
    REQUIRE(fetcher.Fetch(std::move(request),
                          [&](FetchReply reply) { promise.set_value(std::move(reply)); }));
    return promise.get_future().get();
  }

 private:
  /// As it says once it listens: "ACCEPT 127.0.0.1:40123".
  std::string Address() const {
    const std::string log = server_.Log();
    const std::string word = "ACCEPT ";
    const std::size_t start = log.find(word);
    const std::size_t end = log.find('\n', start);
    if (start == std::string::npos || end == std::string::npos) return {};
    return log.substr(start + word.size(), end - start - word.size());
  }

  TemporaryFolder folder_;
  BackgroundProgram server_;
};

}  // namespace

TEST_CASE("an API is believed by its certificate alone") {
  const Authority authority;
  struct Case {
    std::string name;
    std::string days;
    bool authority_is_trusted;
    FetchEnd end;
  };
  const std::array<Case, 4> cases = {{{"IP:127.0.0.1", "2", true, FetchEnd::kAnswered},
                                      {"IP:127.0.0.1", "2", false, FetchEnd::kUntrusted},
                                      {"DNS:api.calendly.com", "2", true, FetchEnd::kUntrusted},
                                      {"IP:127.0.0.1", "-1", true, FetchEnd::kUntrusted}}};
  for (const Case& one : cases) {
    CAPTURE(one.name + " for " + one.days + " days");
    CAPTURE(one.authority_is_trusted);
    const SecureApi api(authority.Sign(one.name, one.days), authority.key_file());
    lookup::CurlFetcher fetcher({}, one.authority_is_trusted ? authority.file() : std::string());
    CHECK(api.Get(fetcher).end == one.end);
  }
}

}  // namespace bookgate::tests
