// TLS on the reactor's thread. Pistache can do TLS itself, but shakes hands in the thread that
// accepts, blocking: one client that connects and says nothing would keep all others out.

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <new>
#include <string>

#include "http/stream.hpp"

namespace bookgate::http {
namespace {

struct FreeSsl {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};

class TlsStream final : public Stream {
 public:
  TlsStream(SSL_CTX* context, int socket) : ssl_(SSL_new(context)), socket_(socket) {
    if (!ssl_ || SSL_set_fd(ssl_.get(), socket) != 1) throw std::bad_alloc();
    SSL_set_accept_state(ssl_.get());
  }

  State Handshake() override {
    ERR_clear_error();
    return Outcome(SSL_do_handshake(ssl_.get())).state;
  }

  Transfer Read(std::span<char> into) override {
    ERR_clear_error();
    return Outcome(SSL_read(ssl_.get(), into.data(), static_cast<int>(into.size())));
  }

  Transfer Write(std::string_view bytes) override {
    ERR_clear_error();
    // SSL_write takes an int; what is beyond it comes with the next call.
    const std::size_t length = std::min(bytes.size(), std::size_t{1} << 30);
    return Outcome(SSL_write(ssl_.get(), bytes.data(), static_cast<int>(length)));
  }

  void ShutdownWrite() override {
    ERR_clear_error();
    if (usable_) SSL_shutdown(ssl_.get());
    ::shutdown(socket_, SHUT_WR);
  }

 private:
  Transfer Outcome(int result) {
    if (result > 0) return {State::kDone, static_cast<std::size_t>(result)};
    switch (SSL_get_error(ssl_.get(), result)) {
      case SSL_ERROR_WANT_READ:
      case SSL_ERROR_WANT_WRITE:
        return {State::kWait, 0};
      default:
        // After a fatal error OpenSSL forbids SSL_shutdown.
        usable_ = false;
        return {State::kClosed, 0};
    }
  }

  std::unique_ptr<SSL, FreeSsl> ssl_;
  int socket_;
  bool usable_ = true;
};

/// The only protocol that we speak, for clients that ask which.
int SelectProtocol(SSL*, const unsigned char** chosen, unsigned char* chosen_length,
                   const unsigned char* offered, unsigned int offered_length, void*) {
  static constexpr unsigned char kHttp11[] = "\x08http/1.1";
  unsigned char* match = nullptr;
  if (SSL_select_next_proto(&match, chosen_length, kHttp11, sizeof kHttp11 - 1, offered,
                            offered_length) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *chosen = match;
  return SSL_TLSEXT_ERR_OK;
}

class OpenSslContext final : public TlsContext {
 public:
  explicit OpenSslContext(SSL_CTX* context) : context_(context) {}

  std::unique_ptr<Stream> MakeStream(int socket) const override {
    return std::make_unique<TlsStream>(context_.get(), socket);
  }

 private:
  std::unique_ptr<SSL_CTX, FreeSsl> context_;
};

base::Failure TlsFailure(const std::string& what) {
  std::array<char, 256> reason{};
  ERR_error_string_n(ERR_peek_last_error(), reason.data(), reason.size());
  ERR_clear_error();
  return {base::Code::kInvalid, what + ": " + reason.data(), "TLS is not set up."};
}

void SetPolicy(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(
      context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // What could not be written is offered again from another place in memory.
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context, SelectProtocol, nullptr);
}

}  // namespace

base::Result<std::shared_ptr<const TlsContext>> TlsContext::Load(const config::TlsFiles& files) {
  ERR_clear_error();
  std::unique_ptr<SSL_CTX, FreeSsl> context(SSL_CTX_new(TLS_server_method()));
  if (!context) return TlsFailure("cannot set up TLS");
  SetPolicy(context.get());
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1) {
    return TlsFailure("cannot use the certificate " + files.certificate);
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return TlsFailure("cannot use the key " + files.key);
  }
  if (SSL_CTX_check_private_key(context.get()) != 1) {
    return TlsFailure("the key " + files.key + " is not of the certificate " + files.certificate);
  }
  return std::shared_ptr<const TlsContext>(
      std::make_shared<const OpenSslContext>(context.release()));
}

}  // namespace bookgate::http
