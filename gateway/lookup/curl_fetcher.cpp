#include "lookup/curl_fetcher.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "lookup/transfer.hpp"

namespace bookgate::lookup {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Connections that are kept for later requests.
constexpr long kMaxKeptConnections = 64;
constexpr milliseconds kLongestPause{60'000};

CURLM* MakeMulti() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  return code == CURLE_OK ? curl_multi_init() : nullptr;
}

}  // namespace

/// The thread and what belongs to it.
class CurlFetcher::Loop {
 public:
  Loop(LaneLimits limits, std::string ca_file)
      : multi_(MakeMulti()), ca_file_(std::move(ca_file)), lanes_(limits) {
    if (multi_ == nullptr) throw std::runtime_error("libcurl cannot be used");
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, kMaxKeptConnections);
    thread_ = std::thread([this] { Run(); });
  }

  bool HandIn(std::unique_ptr<Transfer> transfer) {
    const std::string lane = transfer->request().lane;
    const steady_clock::time_point deadline = transfer->request().deadline;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_ || !lanes_.Add(lane, deadline, transfer)) return false;
    }
    curl_multi_wakeup(multi_.get());
    return true;
  }

  void Stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    curl_multi_wakeup(multi_.get());
    if (thread_.joinable()) thread_.join();
  }

 private:
  using Waiting = std::unique_ptr<Transfer>;

  struct CleanUp {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
  };

  void Run() {
    while (!IsStopping()) {
      FailOverdue();
      BeginWhatMay();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      // What ended made room, and may have asked for more.
      if (FinishEnded()) continue;
      curl_multi_poll(multi_.get(), nullptr, 0, Pause(), nullptr);
    }
    AbandonAll();
  }

  bool IsStopping() {
    const std::lock_guard lock(mutex_);
    return stopping_;
  }

  void FailOverdue() {
    for (const Waiting& transfer : TakeOverdue(steady_clock::now())) {
      End(*transfer, FetchEnd::kLate);
    }
  }

  std::vector<Waiting> TakeOverdue(steady_clock::time_point now) {
    const std::lock_guard lock(mutex_);
    const auto first = lanes_.FirstDeadline();
    if (!first || *first > now) return {};
    return lanes_.TakeOverdue(now);
  }

  std::optional<Waiting> TakeNext() {
    const std::lock_guard lock(mutex_);
    return lanes_.Next();
  }

  void Leave(const Transfer& transfer) {
    const std::lock_guard lock(mutex_);
    lanes_.Leave(transfer.request().lane);
  }

  void BeginWhatMay() {
    while (std::optional<Waiting> next = TakeNext()) {
      Transfer& transfer = **next;
      CURL* const handle = transfer.Begin(ca_file_);
      if (handle == nullptr || curl_multi_add_handle(multi_.get(), handle) != CURLM_OK) {
        Leave(transfer);
        End(transfer, FetchEnd::kUnreachable);
        continue;
      }
      under_way_.emplace(handle, *std::move(next));
    }
  }

  /// True if any ended.
  bool FinishEnded() {
    bool any = false;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      any = true;
      // The message is gone once its handle is taken out.
      const CURLcode code = message->data.result;
      Waiting transfer = TakeOut(message->easy_handle);
      transfer->Answer(transfer->Finish(code));
    }
    return any;
  }

  Waiting TakeOut(CURL* handle) {
    curl_multi_remove_handle(multi_.get(), handle);
    auto entry = under_way_.extract(handle);
    Leave(*entry.mapped());
    return std::move(entry.mapped());
  }

  static void End(Transfer& transfer, FetchEnd end) { transfer.Answer(FailedReply(end)); }

  /// libcurl itself wakes up for its own timeouts.
  int Pause() {
    const std::lock_guard lock(mutex_);
    milliseconds pause = kLongestPause;
    if (const auto first = lanes_.FirstDeadline()) {
      pause = std::min(pause, std::chrono::ceil<milliseconds>(*first - steady_clock::now()));
    }
    return static_cast<int>(std::max(pause, milliseconds(0)).count());
  }

  void AbandonAll() {
    while (!under_way_.empty()) End(*TakeOut(under_way_.begin()->first), FetchEnd::kStopped);
    for (const Waiting& transfer : TakeOverdue(steady_clock::time_point::max())) {
      End(*transfer, FetchEnd::kStopped);
    }
  }

  const std::unique_ptr<CURLM, CleanUp> multi_;
  const std::string ca_file_;

  std::mutex mutex_;
  Lanes<Waiting> lanes_;
  bool stopping_ = false;

  /// Of the thread alone.
  std::map<CURL*, Waiting> under_way_;
  std::thread thread_;
};

CurlFetcher::CurlFetcher(LaneLimits limits, const std::string& ca_file)
    : loop_(std::make_unique<Loop>(limits, ca_file)) {}

CurlFetcher::~CurlFetcher() {
  Stop();
}

bool CurlFetcher::Fetch(FetchRequest request, FetchDone done) {
  return loop_->HandIn(std::make_unique<Transfer>(std::move(request), std::move(done)));
}

void CurlFetcher::Stop() {
  loop_->Stop();
}

}  // namespace bookgate::lookup
