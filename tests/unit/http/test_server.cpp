#include "test_server.hpp"

#include <memory>
#include <stdexcept>

#include "http/problem.hpp"

namespace bookgate::http::test {
namespace {

constexpr std::size_t kLargeAnswer = std::size_t{8} << 20;

Answer Echo(const Request& request) {
  Answer answer;
  answer.content_type = "text/plain; charset=utf-8";
  answer.body = request.method + " " + request.path + " " + request.remote_address + "\n";
  answer.body += request.body;
  return answer;
}

}  // namespace

void FaultLog::Add(const std::string& what) {
  const std::lock_guard lock(mutex_);
  faults_.push_back(what);
}

std::vector<std::string> FaultLog::all() const {
  const std::lock_guard lock(mutex_);
  return faults_;
}

Worker::~Worker() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Worker::Do(base::UniqueFunction<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    work_.push_back(std::move(work));
  }
  changed_.notify_one();
}

void Worker::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return ending_ || !work_.empty(); });
    if (work_.empty()) return;
    auto work = std::move(work_.front());
    work_.pop_front();
    lock.unlock();
    work();
    lock.lock();
  }
}

void Gate::Hold(Request request, Responder respond) {
  {
    const std::lock_guard lock(mutex_);
    ++count_;
    held_.emplace_back(std::move(request), std::move(respond));
  }
  came_.notify_all();
}

bool Gate::WaitFor(std::size_t count) {
  std::unique_lock lock(mutex_);
  return came_.wait_for(lock, kPatience, [&] { return count_ >= count; });
}

std::size_t Gate::count() {
  const std::lock_guard lock(mutex_);
  return count_;
}

std::pair<Request, Responder> Gate::Take() {
  const std::lock_guard lock(mutex_);
  auto oldest = std::move(held_.front());
  held_.pop_front();
  return oldest;
}

TestServer::TestServer(EndpointOptions options) {
  options.report_fault = [this](const std::string& what) { faults_.Add(what); };
  endpoint_ =
      std::make_unique<Endpoint>(std::move(options), [this](Request request, Responder respond) {
        Handle(std::move(request), std::move(respond));
      });
  const base::Status started = endpoint_->Start();
  if (!started) throw std::runtime_error(started.failure().operator_text);
  port_ = endpoint_->port();
}

TestServer::~TestServer() {
  endpoint_->Stop();
}

void TestServer::Handle(Request request, Responder respond) {
  if (request.path == "/drop") return;
  if (request.path == "/throw") throw std::runtime_error("a text that no sender may see");
  if (request.path == "/hold") return gate_.Hold(std::move(request), std::move(respond));
  if (request.path == "/busy") {
    const std::lock_guard until_free(busy_);
    return respond(Answer{});
  }
  if (request.path == "/large") {
    Answer answer;
    answer.body.assign(kLargeAnswer, 'l');
    return respond(std::move(answer));
  }
  if (request.path == "/thread") {
    return worker_.Do([request = std::move(request), respond = std::move(respond)]() mutable {
      respond(Echo(request));
    });
  }
  respond(request.path == "/echo" ? Echo(request) : NotFound());
}

std::string PostTo(std::string_view path, std::string_view body, std::string_view headers) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(headers) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::string GetOf(std::string_view path, std::string_view headers) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(headers) +
         "\r\n";
}

}  // namespace bookgate::http::test
