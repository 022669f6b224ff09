#include "lookup/transfer.hpp"

#include <bookgate/text.hpp>

#include <sodium.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <utility>

#include "base/time.hpp"
#include "lookup/address_guard.hpp"
#include "lookup/retry_after.hpp"

namespace bookgate::lookup {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* kUserAgent = "Bookgate/" BOOKGATE_VERSION;
/// A connection that takes longer will not be any good.
constexpr long kConnectTimeoutMs = 5'000;

template <class Value>
bool Set(CURL* handle, CURLoption option, Value value) {
  return curl_easy_setopt(handle, option, value) == CURLE_OK;
}

/// At least one: libcurl takes 0 for no limit.
long MillisecondsUntil(steady_clock::time_point deadline) {
  const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
  return static_cast<long>(std::max<milliseconds::rep>(left.count(), 1));
}

const char* NameOf(translate::Method method) {
  using translate::Method;
  switch (method) {
    case Method::kPost:
      return "POST";
    case Method::kPut:
      return "PUT";
    case Method::kPatch:
      return "PATCH";
    case Method::kDelete:
      return "DELETE";
    case Method::kGet:
      break;
  }
  return "GET";
}

}  // namespace

void Transfer::FreeHeaders::operator()(curl_slist* headers) const {
  for (curl_slist* line = headers; line != nullptr; line = line->next) {
    sodium_memzero(line->data, std::strlen(line->data));
  }
  curl_slist_free_all(headers);
}

Transfer::Transfer(FetchRequest request, FetchDone done)
    : request_(std::move(request)), done_(std::move(done)) {}

Transfer::~Transfer() {
  sodium_memzero(request_.body.data(), request_.body.size());
}

CURL* Transfer::Begin(const std::string& ca_file) {
  handle_.reset(curl_easy_init());
  if (handle_ == nullptr || !MakeHeaders() || !SetUp(handle_.get(), ca_file)) handle_.reset();
  return handle_.get();
}

bool Transfer::SetUp(CURL* handle, const std::string& ca_file) {
  if (!ca_file.empty() && !Set(handle, CURLOPT_CAINFO, ca_file.c_str())) return false;
  // No redirect is followed: the credential goes where the operator granted it to go.
  return Set(handle, CURLOPT_PRIVATE, this) && Set(handle, CURLOPT_URL, request_.url.c_str()) &&
         Set(handle, CURLOPT_PROTOCOLS_STR, request_.address_is_ours ? "http,https" : "https") &&
         Set(handle, CURLOPT_FOLLOWLOCATION, 0L) && SetMethod(handle) &&
         Set(handle, CURLOPT_HTTPHEADER, headers_.get()) &&
         Set(handle, CURLOPT_USERAGENT, kUserAgent) &&
         // Dots in a path are the translator's; what it leads to must be what was asked for.
         Set(handle, CURLOPT_PATH_AS_IS, 1L) && Set(handle, CURLOPT_SSL_VERIFYPEER, 1L) &&
         Set(handle, CURLOPT_SSL_VERIFYHOST, 2L) &&
         Set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2)) &&
         // A proxy of the environment would see credentials, and connect past the address guard.
         Set(handle, CURLOPT_PROXY, "") &&
         Set(handle, CURLOPT_OPENSOCKETFUNCTION, &Transfer::OnOpenSocket) &&
         Set(handle, CURLOPT_OPENSOCKETDATA, this) && Set(handle, CURLOPT_NOSIGNAL, 1L) &&
         Set(handle, CURLOPT_TIMEOUT_MS, MillisecondsUntil(request_.deadline)) &&
         Set(handle, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs) &&
         // Else a name server that says nothing would keep the thread, and so every other request.
         Set(handle, CURLOPT_QUICK_EXIT, 1L) &&
         Set(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(kMaxAnswerBytes)) &&
         Set(handle, CURLOPT_WRITEFUNCTION, &Transfer::OnBody) &&
         Set(handle, CURLOPT_WRITEDATA, this) &&
         Set(handle, CURLOPT_HEADERFUNCTION, &Transfer::OnHeader) &&
         Set(handle, CURLOPT_HEADERDATA, this);
}

bool Transfer::SetMethod(CURL* handle) {
  if (request_.method == translate::Method::kGet) return Set(handle, CURLOPT_HTTPGET, 1L);
  // On a kept connection that turns out to be dead, libcurl sends the request once more by itself,
  // although the first one may have arrived. What changes something must not be sent twice.
  if (!Set(handle, CURLOPT_FRESH_CONNECT, 1L)) return false;
  const bool has_body = request_.method != translate::Method::kDelete || !request_.body.empty();
  if (has_body &&
      !(Set(handle, CURLOPT_POST, 1L) &&
        Set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size())) &&
        Set(handle, CURLOPT_POSTFIELDS, request_.body.c_str()))) {
    return false;
  }
  return Set(handle, CURLOPT_CUSTOMREQUEST, NameOf(request_.method));
}

bool Transfer::MakeHeaders() {
  bool made = AddHeader("Accept", "application/json");
  if (!request_.body.empty()) {
    // Expect: without a value takes the header away. Nothing here is large enough to wait for
    // leave.
    made = made && AddHeader("Content-Type", "application/json") && AddHeader("Expect", "");
  }
  for (const model::Field& header : request_.headers) {
    made = made && AddHeader(header.name, header.value);
  }
  if (!request_.authorization.empty()) {
    made = made && AddHeader("Authorization", request_.authorization.view());
  }
  return made;
}

/// libcurl takes a line as a C string and copies it; ours lies in protected memory meanwhile.
bool Transfer::AddHeader(std::string_view name, std::string_view value) {
  auth::ProtectedText line(name.size() + 2 + value.size() + 1);
  char* end = std::copy(name.begin(), name.end(), line.data());
  *end++ = ':';
  *end++ = ' ';
  std::copy(value.begin(), value.end(), end);
  curl_slist* const grown = curl_slist_append(headers_.get(), line.data());
  if (grown == nullptr) return false;
  // The first line is the whole list's handle, which stays the same.
  if (headers_ == nullptr) headers_.reset(grown);
  return true;
}

std::size_t Transfer::OnBody(char* data, std::size_t size, std::size_t count, void* transfer) {
  Transfer& self = *static_cast<Transfer*>(transfer);
  const std::size_t bytes = size * count;
  self.too_large_ = bytes > kMaxAnswerBytes - self.reply_.body.size();
  if (self.too_large_) return 0;
  try {
    self.reply_.body.append(data, bytes);
  } catch (const std::exception&) {
    return 0;  // Nothing may be thrown through libcurl.
  }
  return bytes;
}

std::size_t Transfer::OnHeader(char* data, std::size_t size, std::size_t count, void* transfer) {
  const std::size_t bytes = size * count;
  try {
    static_cast<Transfer*>(transfer)->TakeHeader({data, bytes});
  } catch (const std::exception&) {
    return 0;
  }
  return bytes;
}

void Transfer::TakeHeader(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const std::string name = ToLowerAscii(Trim(line.substr(0, colon)));
  const std::string_view value = Trim(line.substr(colon + 1));
  if (name == "content-type") reply_.content_type = value;
  if (name == "retry-after") {
    reply_.retry_after = ReadRetryAfter(value, base::SystemNow());
  } else if (name == "x-ratelimit-reset" && !reply_.retry_after) {
    // Calendly's way to say it, in seconds ("API Rate Limits"). With others it is a point in time,
    // which is no number of seconds that anybody would wait.
    const auto wait = ReadRetryAfter(value, base::SystemNow());
    if (wait && *wait <= std::chrono::hours(1)) reply_.retry_after = wait;
  }
}

/// Judges the address that is really about to be connected to, not the one that a name had when
/// somebody looked.
curl_socket_t Transfer::OnOpenSocket(void* transfer, curlsocktype, curl_sockaddr* address) {
  Transfer& self = *static_cast<Transfer*>(transfer);
  self.forbidden_address_ = !self.request_.address_is_ours && !IsPublicAddress(address->addr);
  if (self.forbidden_address_) return CURL_SOCKET_BAD;
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

FetchEnd Transfer::EndOf(CURLcode code) const {
  switch (code) {
    case CURLE_OK:
      return FetchEnd::kAnswered;
    case CURLE_OPERATION_TIMEDOUT:
      return FetchEnd::kLate;
    case CURLE_FILESIZE_EXCEEDED:
      return FetchEnd::kTooLarge;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
      return forbidden_address_ ? FetchEnd::kForbiddenAddress : FetchEnd::kUnreachable;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return FetchEnd::kUntrusted;
    default:
      return too_large_ ? FetchEnd::kTooLarge : FetchEnd::kBroken;
  }
}

FetchReply Transfer::Finish(CURLcode code) {
  reply_.end = EndOf(code);
  if (reply_.end != FetchEnd::kAnswered) return FailedReply(reply_.end);
  long status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  reply_.status = static_cast<unsigned>(status);
  return std::move(reply_);
}

void Transfer::Answer(FetchReply reply) {
  try {
    done_(std::move(reply));
  } catch (const std::exception&) {
    // Whoever asked has its own way to notice: what it waits for is tried again later.
  }
}

}  // namespace bookgate::lookup
