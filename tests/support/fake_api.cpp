#include "support/fake_api.hpp"

#include <signal.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "support/http_client.hpp"

namespace bookgate::tests {
namespace {

/// On a machine that is busy with other things, Node takes its time.
constexpr std::chrono::seconds kPatience{120};

std::map<std::string, std::string> ReadMap(json::Value object) {
  std::map<std::string, std::string> map;
  for (std::size_t i = 0; i < object.size(); ++i) {
    map.emplace(object.NameAt(i), object.ValueAt(i).RawString().value_or(""));
  }
  return map;
}

}  // namespace

FakeApi::FakeApi(const std::string& provider)
    : script_(BOOKGATE_SOURCE_DIR "/tests/fakes/" + provider + ".mjs") {
  Start();
}

void FakeApi::Start() {
  // A log of its own: the port is in the first line.
  const std::string log = folder_.Path("log");
  const std::size_t seen = process_ == nullptr ? 0 : process_->Log().size();
  process_ = std::make_unique<BackgroundProgram>(
      std::vector<std::string>{"node", script_, std::to_string(port_)}, log);
  const bool listens = Eventually(
      [&] {
        const std::string said = process_->Log().substr(seen);
        const std::optional<json::Document> first =
            json::Document::Parse(said.substr(0, said.find('\n')));
        if (!first || !first->root()["port"].Integer()) return false;
        port_ = static_cast<std::uint16_t>(*first->root()["port"].Integer());
        return true;
      },
      kPatience);
  if (!listens) throw std::runtime_error(script_ + " does not start: " + process_->Log());
}

void FakeApi::Stop() {
  process_->Signal(SIGKILL);
  process_->Wait(std::chrono::seconds(30));
}

std::string FakeApi::url() const {
  return "http://127.0.0.1:" + std::to_string(port_);
}

void FakeApi::Control(const std::string& method, const std::string& path,
                      const std::string& body) const {
  const HttpReply reply = Send({method, url() + "/_control/" + path, {}, body});
  if (reply.status != 200) throw std::runtime_error(script_ + " does not obey: " + reply.error);
}

void FakeApi::Put(const std::string& collection, const std::string& id,
                  const std::string& json) const {
  Control("PUT", "objects/" + collection + "/" + id, json);
}

void FakeApi::Delete(const std::string& collection, const std::string& id) const {
  Control("DELETE", "objects/" + collection + "/" + id);
}

json::Document FakeApi::Objects(const std::string& collection) const {
  const HttpReply reply = Send({"GET", url() + "/_control/objects/" + collection, {}, {}});
  std::optional<json::Document> document = json::Document::Parse(reply.body);
  if (!document) throw std::runtime_error(script_ + " does not tell: " + reply.error);
  return *std::move(document);
}

void FakeApi::SetToken(const std::string& token) const {
  Control("PUT", "token", "{\"token\":\"" + token + "\"}");
}

void FakeApi::Script(const std::string& json) const {
  Control("POST", "script", json);
}

void FakeApi::EndTrouble() const {
  Control("DELETE", "script");
}

std::vector<ApiRequest> FakeApi::Requests() const {
  const HttpReply reply = Send({"GET", url() + "/_control/requests", {}, {}});
  const std::optional<json::Document> document = json::Document::Parse(reply.body);
  if (!document) throw std::runtime_error(script_ + " does not tell: " + reply.error);
  std::vector<ApiRequest> requests;
  const json::Value list = document->root();
  for (std::size_t i = 0; i < list.size(); ++i) {
    ApiRequest& request = requests.emplace_back();
    request.method = list[i]["method"].Text().value_or("");
    request.path = list[i]["path"].Text().value_or("");
    request.query = ReadMap(list[i]["query"]);
    request.headers = ReadMap(list[i]["headers"]);
    request.connection = list[i]["connection"].Integer().value_or(0);
  }
  return requests;
}

std::size_t FakeApi::CountRequests(const std::string& path_prefix) const {
  const std::vector<ApiRequest> requests = Requests();
  return static_cast<std::size_t>(std::count_if(
      requests.begin(), requests.end(),
      [&](const ApiRequest& request) { return request.path.starts_with(path_prefix); }));
}

void FakeApi::ForgetRequests() const {
  Control("DELETE", "requests");
}

}  // namespace bookgate::tests
