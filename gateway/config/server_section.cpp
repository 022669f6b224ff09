#include "config/network_address.hpp"
#include "config/sections.hpp"
#include "config/web_url.hpp"

namespace bookgate::config {
namespace {

using std::chrono::milliseconds;

/// MEDIUMBLOB, the column that bodies are kept in, holds no more.
constexpr std::size_t kMostBodyBytes = 16'777'215;

void ReadTls(TableReader& table, const NamedFiles& files, std::optional<TlsFiles>& into) {
  TlsFiles tls;
  const std::optional<Place> certificate =
      files.ReadName(table, "tls_certificate", tls.certificate);
  const std::optional<Place> key = files.ReadName(table, "tls_key", tls.key);
  const bool has_certificate = table.Find("tls_certificate") != nullptr;
  const bool has_key = table.Find("tls_key") != nullptr;
  if (certificate) {
    files.Check(table, "tls_certificate", *certificate, tls.certificate, FileKind::kPublic);
    if (!has_key) table.Report(*certificate, "tls_certificate", "needs tls_key; set both or none");
  }
  if (key) {
    files.Check(table, "tls_key", *key, tls.key, FileKind::kSecret);
    if (!has_certificate) table.Report(*key, "tls_key", "needs tls_certificate; set both or none");
  }
  if (certificate && key) into = tls;
}

}  // namespace

void ReadServer(TableReader table, const NamedFiles& files, ServerSettings& into) {
  table.ReadParsed("listen", ParseHostPort, into.listen);
  const auto ops_place = table.ReadParsed("ops_listen", ParseHostPort, into.ops_listen);
  const bool same = into.listen.port != 0 && into.listen.port == into.ops_listen.port &&
                    into.listen.host == into.ops_listen.host;
  if (same) {
    table.Report(ops_place.value_or(table.place()), "ops_listen",
                 "is the same as listen; must be another host or port");
  }
  table.ReadParsed("public_url", ParseBaseUrl, into.public_url);
  table.ReadInteger("io_threads", 1u, 64u, into.io_threads);
  table.ReadInteger("max_body_bytes", std::size_t{1}, kMostBodyBytes, into.max_body_bytes);
  table.ReadDuration("request_timeout", milliseconds(100), milliseconds(600'000),
                     into.request_timeout);
  table.ReadList("trusted_proxies", ParseAddressRange, into.trusted_proxies);
  ReadTls(table, files, into.tls);
  table.ReportUnknownKeys();
}

}  // namespace bookgate::config
