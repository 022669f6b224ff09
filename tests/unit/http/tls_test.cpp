// TLS: requests under it, clients that do not get it right, files that are none.

#include <doctest/doctest.h>
#include <openssl/ssl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "test_server.hpp"

namespace bookgate::http::test {
namespace {

/// A self-signed certificate in a directory of its own, made by the openssl program.
class Certificate {
 public:
  Certificate() {
    std::string pattern = std::filesystem::temp_directory_path() / "bookgate-tls-XXXXXX";
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    directory_ = pattern;
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        "-subj /CN=localhost -keyout " +
        files().key + " -out " + files().certificate + " 2>/dev/null";
    made_ = std::system(command.c_str()) == 0;
  }
  ~Certificate() { std::filesystem::remove_all(directory_); }
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  bool made() const { return made_; }
  config::TlsFiles files() const { return {directory_ / "cert.pem", directory_ / "key.pem"}; }

 private:
  std::filesystem::path directory_;
  bool made_ = false;
};

struct FreeSsl {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};

/// A TLS client on a RawClient's socket.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port)
      : raw_(port), context_(SSL_CTX_new(TLS_client_method())), ssl_(SSL_new(context_.get())) {
    SSL_set_fd(ssl_.get(), raw_.socket());
  }
  bool Connect() { return SSL_connect(ssl_.get()) == 1; }
  bool Send(const std::string& bytes) {
    return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
  }
  /// All that comes until the server ends the connection properly; "" with *proper false otherwise.
  std::string ReadToEnd(bool* proper) {
    std::string all;
    std::string buffer(16 * 1024, '\0');
    for (;;) {
      const int got = SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size()));
      if (got <= 0) {
        *proper = SSL_get_error(ssl_.get(), got) == SSL_ERROR_ZERO_RETURN;
        return all;
      }
      all.append(buffer, 0, static_cast<std::size_t>(got));
    }
  }
  RawClient& raw() { return raw_; }

 private:
  RawClient raw_;
  std::unique_ptr<SSL_CTX, FreeSsl> context_;
  std::unique_ptr<SSL, FreeSsl> ssl_;
};

EndpointOptions WithTls(const Certificate& certificate) {
  EndpointOptions options;
  options.tls = certificate.files();
  return options;
}

TEST_CASE("requests under TLS") {
  const Certificate certificate;
  REQUIRE(certificate.made());
  TestServer server(WithTls(certificate));
  TlsClient client(server.port());
  REQUIRE(client.Connect());
  REQUIRE(client.Send(PostTo("/thread", "first") + GetOf("/large") +
                      PostTo("/echo", std::string(100'000, 'b'), "Connection: close\r\n")));
  bool proper = false;
  const std::string all = client.ReadToEnd(&proper);
  CHECK(proper);
  CHECK(all.find("POST /thread 127.0.0.1\nfirst") != std::string::npos);
  CHECK(all.ends_with(std::string(100'000, 'b')));
  CHECK(all.size() > (std::size_t{8} << 20));
}

TEST_CASE("a client that connects and says nothing keeps nobody out") {
  const Certificate certificate;
  REQUIRE(certificate.made());
  TestServer server(WithTls(certificate));
  RawClient silent(server.port());
  TlsClient client(server.port());
  REQUIRE(client.Connect());
  REQUIRE(client.Send(GetOf("/echo", "Connection: close\r\n")));
  bool proper = false;
  CHECK(client.ReadToEnd(&proper).starts_with("HTTP/1.1 200 OK\r\n"));
}

TEST_CASE("who speaks no TLS, or breaks off, does no harm") {
  const Certificate certificate;
  REQUIRE(certificate.made());
  EndpointOptions options = WithTls(certificate);
  options.request_timeout = std::chrono::milliseconds(200);
  TestServer server(options);
  RawClient plain(server.port());
  REQUIRE(plain.Send(GetOf("/echo")));
  const auto told = plain.ReadToEnd();
  CHECK((!told || told->find("HTTP/1.1 200") == std::string::npos));
  RawClient silent(server.port());
  CHECK(silent.ReadToEnd() == "");
  for (int i = 0; i < 50; ++i) {
    TlsClient gone(server.port());
    REQUIRE(gone.Connect());
    REQUIRE(gone.Send(GetOf(i % 2 == 0 ? "/large" : "/thread")));
    gone.raw().Reset();
  }
  TlsClient client(server.port());
  REQUIRE(client.Connect());
  REQUIRE(client.Send(GetOf("/echo", "Connection: close\r\n")));
  bool proper = false;
  CHECK(client.ReadToEnd(&proper).starts_with("HTTP/1.1 200 OK\r\n"));
}

TEST_CASE("certificates that cannot be used are failures that name the file") {
  const Certificate certificate;
  REQUIRE(certificate.made());
  const Certificate other;
  REQUIRE(other.made());
  const auto start = [](const config::TlsFiles& files) {
    EndpointOptions options;
    options.tls = files;
    Endpoint endpoint(options, [](const Request&, Responder respond) { respond(Answer{}); });
    const base::Status started = endpoint.Start();
    return started.ok() ? std::string() : started.failure().operator_text;
  };
  CHECK(start({"/nonexistent.pem", certificate.files().key}).find("/nonexistent.pem") !=
        std::string::npos);
  CHECK(start({certificate.files().certificate, certificate.files().certificate})
            .find("cannot use the key") != std::string::npos);
  CHECK_FALSE(start({certificate.files().certificate, other.files().key}).empty());
}

}  // namespace
}  // namespace bookgate::http::test
