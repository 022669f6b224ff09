/// \file transfer.hpp
/// One request on its way through libcurl. Only for this room: it brings libcurl's headers.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>
#include <string_view>

#include "lookup/fetcher.hpp"

namespace bookgate::lookup {

/// Belongs to the fetcher's thread from Begin on, and stays where it is: libcurl points into it.
class Transfer {
 public:
  Transfer(FetchRequest request, FetchDone done);
  /// Wipes the body, which may hold a signing key.
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  const FetchRequest& request() const { return request_; }

  /// Makes the handle, for curl_multi_add_handle. nullptr if libcurl refuses the request. `ca_file`
  /// is as the fetcher's.
  CURL* Begin(const std::string& ca_file);
  CURL* handle() const { return handle_.get(); }

  /// What came of it. `code` is libcurl's.
  FetchReply Finish(CURLcode code);
  /// Calls back. Whatever the callback throws ends here.
  void Answer(FetchReply reply);

 private:
  struct CleanUp {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  /// Wipes its lines first: one of them is the credential.
  struct FreeHeaders {
    void operator()(curl_slist* headers) const;
  };

  static std::size_t OnBody(char* data, std::size_t size, std::size_t count, void* transfer);
  static std::size_t OnHeader(char* data, std::size_t size, std::size_t count, void* transfer);
  static curl_socket_t OnOpenSocket(void* transfer, curlsocktype purpose, curl_sockaddr* address);

  bool SetUp(CURL* handle, const std::string& ca_file);
  bool SetMethod(CURL* handle);
  bool MakeHeaders();
  bool AddHeader(std::string_view name, std::string_view value);
  void TakeHeader(std::string_view line);
  FetchEnd EndOf(CURLcode code) const;

  FetchRequest request_;
  FetchDone done_;
  std::unique_ptr<curl_slist, FreeHeaders> headers_;
  FetchReply reply_;
  bool too_large_ = false;
  bool forbidden_address_ = false;
  /// Last, so that it is cleaned up before what it points to.
  std::unique_ptr<CURL, CleanUp> handle_;
};

}  // namespace bookgate::lookup
