#include "config/sections.hpp"

namespace bookgate::config {
namespace {

constexpr std::size_t kMasterKeyBytes = 32;

}  // namespace

void ReadSecurity(TableReader table, const NamedFiles& files, SecuritySettings& into) {
  constexpr std::string_view kKey = "master_key_file";
  // What is longer is refused all the same; this much is read so that its size can be named.
  constexpr std::size_t kMaxBytes = 4096;
  table.Require(kKey, "/etc/bookgate/master.key");
  if (const std::optional<Place> place = files.ReadName(table, kKey, into.master_key_file)) {
    const std::optional<std::string> content =
        files.ReadSecret(table, kKey, *place, into.master_key_file, kMaxBytes);
    if (content && content->size() != kMasterKeyBytes) {
      table.Report(*place, kKey,
                   into.master_key_file + " holds " + std::to_string(content->size()) +
                       " bytes; must hold exactly 32 random ones, without a line break: "
                       "head -c 32 /dev/urandom");
    } else if (content) {
      into.master_key.assign(content->begin(), content->end());
    }
  }
  table.ReportUnknownKeys();
}

void ReadSpool(TableReader table, const NamedFiles& files, SpoolSettings& into) {
  files.ReadName(table, "path", into.path);
  table.ReadInteger("max_bytes", std::uint64_t{1} << 20, std::uint64_t{1} << 50, into.max_bytes);
  table.ReportUnknownKeys();
}

void ReadDeliveries(TableReader table, DeliveriesSettings& into) {
  using std::chrono::hours;
  table.ReadDuration("keep_bodies", hours(1), hours(24 * 3650), into.keep_bodies);
  table.ReportUnknownKeys();
}

void ReadLookups(TableReader table, LookupsSettings& into) {
  using std::chrono::milliseconds;
  constexpr milliseconds kLeast{10};
  constexpr milliseconds kWeek = std::chrono::hours(24 * 7);
  table.ReadDuration("timeout", milliseconds(100), milliseconds(60'000), into.timeout);
  table.ReadDuration("first_retry", kLeast, kWeek, into.first_retry);
  const auto longest = table.ReadDuration("longest_retry", kLeast, kWeek, into.longest_retry);
  const auto give_up = table.ReadDuration("give_up_after", kLeast, kWeek, into.give_up_after);
  table.ReadDuration("check_subscriptions_every", milliseconds(1'000), kWeek,
                     into.check_subscriptions_every);
  if (into.longest_retry < into.first_retry) {
    table.Report(longest.value_or(table.place()), "longest_retry",
                 "is shorter than first_retry; must be at least as long");
  }
  if (into.give_up_after < into.first_retry) {
    table.Report(give_up.value_or(table.place()), "give_up_after",
                 "is shorter than first_retry, so that nothing would ever be tried again; must be "
                 "longer");
  }
  table.ReportUnknownKeys();
}

void ReadLimits(TableReader table, LimitsSettings& into) {
  table.ReadNumber("org_requests_per_second", 0.01, 1e6, into.org_requests_per_second);
  // Below one token, no request would ever pass.
  table.ReadNumber("org_burst", 1, 1e7, into.org_burst);
  table.ReadNumber("auth_failures_per_minute", 1, 1e6, into.auth_failures_per_minute);
  table.ReportUnknownKeys();
}

void ReadLog(TableReader table, LogSettings& into) {
  table.ReadChoice<LogLevel>("level",
                             {{"debug", LogLevel::kDebug},
                              {"info", LogLevel::kInfo},
                              {"warn", LogLevel::kWarn},
                              {"error", LogLevel::kError}},
                             into.level);
  table.ReadChoice<LogFormat>("format", {{"json", LogFormat::kJson}, {"text", LogFormat::kText}},
                              into.format);
  table.ReportUnknownKeys();
}

}  // namespace bookgate::config
