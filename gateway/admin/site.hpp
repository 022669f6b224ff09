/// \file site.hpp
/// The settings page and the API beneath it.
#pragma once

#include "admin/api.hpp"
#include "admin/services.hpp"
#include "http/routes.hpp"

namespace bookgate::admin {

/// Has threads of its own; nothing of it runs long on the reactor's.
class Site {
 public:
  explicit Site(Parts parts) : services_(std::move(parts)), api_(services_) {}
  ~Site() { Stop(); }
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  /// The table must not be used after this is gone.
  void AddTo(http::Routes& routes);
  /// Answers what is being worked on, and no more. Call it when no new requests come.
  void Stop() {
    services_.StopProviderCalls();
    api_.Stop();
  }

 private:
  Services services_;
  Api api_;
};

}  // namespace bookgate::admin
