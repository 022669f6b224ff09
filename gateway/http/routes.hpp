/// \file routes.hpp
/// Which handler a method and a path lead to.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.hpp"

namespace bookgate::http {

/// What stood in place of a pattern's `{names}`, decoded.
class PathParameters {
 public:
  /// Of a parameter that the pattern has; asking for another one is a bug and throws
  /// std::out_of_range.
  const std::string& Get(std::string_view name) const;
  void Add(std::string name, std::string value);

 private:
  std::vector<std::pair<std::string, std::string>> parameters_;
};

/// Called on the reactor's thread, as RequestHandler.
using RouteHandler = std::function<void(Request, const PathParameters&, Responder)>;

/// A small table, searched from the top. Filled before it serves; after that, const and
/// thread-safe.
class Routes {
 public:
  /// `pattern` such as "/orgs/{org}/webhook": every segment is either literal or one parameter, a
  /// parameter takes one segment that is not empty. The first route that fits wins.
  Routes& Add(std::string method, std::string_view pattern, RouteHandler handler);

  /// Hands the request to its route; answers 404 if no pattern fits the path, 405 with `Allow` if
  /// one fits but has another method. HEAD goes to GET's handler where it has none of its own; the
  /// listener leaves out the body.
  void Handle(Request request, Responder respond) const;

  /// Handle as a RequestHandler. The table must outlive it.
  RequestHandler AsHandler() const;

 private:
  struct Segment {
    std::string text;  ///< The literal, or the parameter's name.
    bool is_parameter = false;
  };
  struct Route {
    std::string method;
    std::vector<Segment> segments;
    RouteHandler handler;
  };

  static bool Fits(const Route& route, const std::vector<std::string>& path,
                   PathParameters& parameters);

  std::vector<Route> routes_;
};

}  // namespace bookgate::http
