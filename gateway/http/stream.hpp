/// \file stream.hpp
/// Bytes of a non-blocking socket, plain or under TLS.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "config/settings.hpp"

namespace bookgate::http {

/// Used on one thread. Does not own the socket and must not be used after it was closed.
class Stream {
 public:
  enum class State {
    kDone,    ///< It did something; there may be more to do at once.
    kWait,    ///< Nothing until the socket is ready again.
    kClosed,  ///< Ended by the peer, or broken.
  };
  struct Transfer {
    State state = State::kClosed;
    std::size_t bytes = 0;  ///< More than none after kDone.
  };

  virtual ~Stream() = default;

  /// Until it returns kDone, nothing else may be called.
  virtual State Handshake() = 0;
  virtual Transfer Read(std::span<char> into) = 0;
  virtual Transfer Write(std::string_view bytes) = 0;
  /// Tells the peer that no more will come; reading goes on.
  virtual void ShutdownWrite() = 0;
};

std::unique_ptr<Stream> MakePlainStream(int socket);

/// A certificate and its key, ready for connections. Thread-safe.
class TlsContext {
 public:
  static base::Result<std::shared_ptr<const TlsContext>> Load(const config::TlsFiles& files);
  virtual ~TlsContext() = default;

  /// Throws std::bad_alloc.
  virtual std::unique_ptr<Stream> MakeStream(int socket) const = 0;
};

}  // namespace bookgate::http
