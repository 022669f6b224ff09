#include "admin/static_files.hpp"

#include <sodium.h>

#include <array>
#include <utility>

#include "admin/browser_rules.hpp"
#include "embedded_web.hpp"

namespace bookgate::admin {
namespace {

constexpr std::string_view kIndex = "index.html";
constexpr std::size_t kEtagBytes = 16;

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml; charset=utf-8"},
}};

std::string_view TypeOf(std::string_view path) {
  for (const auto& [ending, type] : kTypes) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

std::string EtagOf(std::string_view content) {
  std::array<unsigned char, kEtagBytes> hash;
  crypto_generichash(hash.data(), hash.size(),
                     reinterpret_cast<const unsigned char*>(content.data()), content.size(),
                     nullptr, 0);
  std::array<char, 2 * kEtagBytes + 1> hex;
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return "\"" + std::string(hex.data()) + "\"";
}

std::vector<StaticFile> MakeFiles() {
  std::vector<StaticFile> files;
  for (const auto& [path, content] : kEmbeddedWeb) {
    files.push_back({std::string(path), TypeOf(path), content, EtagOf(content)});
  }
  return files;
}

http::RouteHandler Serve(const StaticFile& file) {
  return [&file](const http::Request& request, const http::PathParameters&,
                 http::Responder respond) { respond(AnswerFile(file, request)); };
}

void LeadToPage(const http::Request&, const http::PathParameters&, http::Responder respond) {
  http::Answer answer;
  answer.status = 308;
  answer.content_type.clear();
  answer.headers.push_back({"Location", "/admin/"});
  AddSafetyHeaders(answer);
  respond(std::move(answer));
}

}  // namespace

const std::vector<StaticFile>& StaticFiles() {
  static const std::vector<StaticFile> files = MakeFiles();
  return files;
}

http::Answer AnswerFile(const StaticFile& file, const http::Request& request) {
  http::Answer answer;
  answer.headers = {{"ETag", file.etag}, {"Cache-Control", "no-cache"}};
  AddSafetyHeaders(answer);
  const std::string_view known = request.Header("if-none-match").value_or("");
  if (known == "*" || known.find(file.etag) != std::string_view::npos) {
    answer.status = 304;
    return answer;
  }
  answer.content_type = file.content_type;
  answer.body = file.content;
  return answer;
}

void AddStaticFiles(http::Routes& routes) {
  routes.Add("GET", "/admin", &LeadToPage);
  for (const StaticFile& file : StaticFiles()) {
    routes.Add("GET", "/admin/" + file.path, Serve(file));
    if (file.path == kIndex) routes.Add("GET", "/admin/", Serve(file));
  }
}

}  // namespace bookgate::admin
