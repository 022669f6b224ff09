#include "http/routes.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "http/problem.hpp"
#include "http/target.hpp"

namespace bookgate::http {
namespace {

/// "/a/b" gives "a" and "b"; "/a/" gives "a" and "", so that a slash at the end makes a difference.
std::vector<std::string_view> SplitPath(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    segments.push_back(segment);
    path.remove_prefix(segment.size());
  }
  return segments;
}

/// nullopt if a segment is not properly encoded. Decoding comes after splitting: an encoded slash
/// belongs to its segment.
std::optional<std::vector<std::string>> DecodePath(std::string_view path) {
  if (path.empty() || path.front() != '/') return std::nullopt;
  std::vector<std::string> decoded;
  for (const std::string_view segment : SplitPath(path)) {
    auto text = DecodeSegment(segment);
    if (!text) return std::nullopt;
    decoded.push_back(*std::move(text));
  }
  return decoded;
}

void AddMethod(std::string& allow, std::string_view method) {
  if (!allow.empty()) allow += ", ";
  allow += method;
  if (method == "GET") allow += ", HEAD";
}

}  // namespace

const std::string& PathParameters::Get(std::string_view name) const {
  for (const auto& [key, value] : parameters_) {
    if (key == name) return value;
  }
  throw std::out_of_range("no such path parameter: " + std::string(name));
}

void PathParameters::Add(std::string name, std::string value) {
  parameters_.emplace_back(std::move(name), std::move(value));
}

Routes& Routes::Add(std::string method, std::string_view pattern, RouteHandler handler) {
  Route route{std::move(method), {}, std::move(handler)};
  for (const std::string_view segment : SplitPath(pattern)) {
    const bool is_parameter = segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
    const auto text = is_parameter ? segment.substr(1, segment.size() - 2) : segment;
    route.segments.push_back({std::string(text), is_parameter});
  }
  routes_.push_back(std::move(route));
  return *this;
}

bool Routes::Fits(const Route& route, const std::vector<std::string>& path,
                  PathParameters& parameters) {
  if (route.segments.size() != path.size()) return false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Segment& segment = route.segments[i];
    if (segment.is_parameter ? path[i].empty() : path[i] != segment.text) return false;
  }
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Segment& segment = route.segments[i];
    if (segment.is_parameter) parameters.Add(segment.text, path[i]);
  }
  return true;
}

void Routes::Handle(Request request, Responder respond) const {
  const auto path = DecodePath(request.path);
  if (!path) return respond(NotFound());
  const Route* for_head = nullptr;
  PathParameters head_parameters;
  std::string allow;
  for (const Route& route : routes_) {
    PathParameters parameters;
    if (!Fits(route, *path, parameters)) continue;
    if (route.method == request.method) {
      return route.handler(std::move(request), parameters, std::move(respond));
    }
    if (for_head == nullptr && request.method == "HEAD" && route.method == "GET") {
      for_head = &route;
      head_parameters = std::move(parameters);
    }
    AddMethod(allow, route.method);
  }
  if (for_head != nullptr) {
    return for_head->handler(std::move(request), head_parameters, std::move(respond));
  }
  respond(allow.empty() ? NotFound() : MethodNotAllowed(allow));
}

RequestHandler Routes::AsHandler() const {
  return [this](Request request, Responder respond) {
    Handle(std::move(request), std::move(respond));
  };
}

}  // namespace bookgate::http
