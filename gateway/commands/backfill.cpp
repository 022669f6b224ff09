#include "intake/backfill.hpp"

#include <bookgate/time.hpp>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <ostream>
#include <utility>
#include <variant>

#include "base/json_writer.hpp"
#include "base/rfc3339.hpp"
#include "commands/provider_call.hpp"
#include "store/write_batch.hpp"

namespace bookgate::commands {
namespace {

constexpr std::string_view kOperation = "list_bookings";
constexpr unsigned kMostTries = 3;
constexpr std::chrono::seconds kFirstPause{1};

struct Options {
  std::string org;
  std::string provider;
  std::string since;
  std::string until;
};

/// What has been stored so far.
struct Found {
  unsigned pages = 0;
  std::size_t bookings = 0;  ///< Events that could be used.
  std::size_t created = 0;   ///< Appointments that were not known.
  unsigned changed = 0;      ///< Deliveries that changed something.
  std::size_t unusable = 0;
};

std::optional<base::Instant> ReadTime(const std::string& text) {
  const std::optional<Timestamp> time = ParseTimestamp(text);
  if (!time || !time->has_offset) return std::nullopt;
  return base::Instant(std::chrono::microseconds(time->microseconds));
}

/// nullopt after saying what is wrong.
std::optional<intake::BackfillSpan> Understand(const Session& session, const Options& options) {
  const base::Instant now = base::SystemNow();
  const std::optional<base::Instant> since = ReadTime(options.since);
  const std::optional<base::Instant> until =
      options.until.empty() ? std::optional(now) : ReadTime(options.until);
  if (!since || !until) {
    session.Fail(std::string(since ? "--until" : "--since") +
                 " takes a time with an offset, such as 2026-06-15T00:00:00Z");
    return std::nullopt;
  }
  if (*until < *since) {
    session.Fail("--until lies before --since");
    return std::nullopt;
  }
  return intake::BackfillSpan{*since, *until};
}

/// Goes through the pages and stores each before the next one is asked for.
class Backfill {
 public:
  Backfill(store::Pool& pool, ProviderCall& call, const intake::BackfillSpan& span)
      : pool_(pool), call_(call), span_(span) {}

  const Found& found() const { return found_; }

  /// The exit status.
  int Run(const Session& session) {
    std::string cursor;
    do {
      const lookup::ActionEnd end = Ask(cursor);
      const auto* page = std::get_if<translate::Bookings>(&end.outcome.result);
      if (page == nullptr) return FailAction(session, call_, end);
      if (!page->next_cursor.empty() && page->next_cursor == cursor) {
        return session.Fail("the plugin does not get on: it gives the same cursor again");
      }
      ++found_.pages;
      const base::Status stored = Store(*page);
      if (!stored.ok()) return session.Fail(stored.failure());
      cursor = page->next_cursor;
    } while (!cursor.empty());
    return kDone;
  }

 private:
  std::string Parameters(const std::string& cursor) const {
    base::JsonWriter json;
    json.Object().Member("since", base::Rfc3339(span_.since));
    json.Member("until", base::Rfc3339(span_.until));
    if (!cursor.empty()) json.Member("cursor", cursor);
    return json.EndObject().Text();
  }

  lookup::ActionEnd Ask(const std::string& cursor) {
    auto pause = kFirstPause;
    for (unsigned tries = 1;; ++tries, pause *= 2) {
      lookup::ActionEnd end = call_.Run(kOperation, Parameters(cursor));
      if (tries == kMostTries || !IsUnavailable(end)) return end;
      lookup::SleepFor(pause);
    }
  }

  /// An empty page is none that anybody needs to see.
  base::Status Store(const translate::Bookings& page) {
    if (page.events.empty()) return base::Done{};
    store::WriteJob job =
        intake::BackfillJob(call_.plugin(),
                            intake::BackfillDelivery(call_.plugin(), call_.org(), span_,
                                                     found_.pages, base::SystemNow()),
                            page);
    const auto written = pool_.Run([&](store::Connection& connection) {
      return store::WriteBatch(connection, store::MakeBatch({&job}));
    });
    if (!written.ok()) return written.failure();
    found_.bookings += job.events.size();
    found_.unusable += page.events.size() - job.events.size();
    const store::Written& result = written->front();
    if (result.changes_something) ++found_.changed;
    for (const store::WrittenAppointment& appointment : result.appointments) {
      if (appointment.created) ++found_.created;
    }
    return base::Done{};
  }

  store::Pool& pool_;
  ProviderCall& call_;
  const intake::BackfillSpan span_;
  Found found_;
};

void Print(const Session& session, const Options& options, const intake::BackfillSpan& span,
           const Found& found, bool complete) {
  if (session.json) {
    base::JsonWriter json;
    json.Object().Member("org", options.org).Member("provider", options.provider);
    json.Member("since", base::Rfc3339(span.since)).Member("until", base::Rfc3339(span.until));
    json.Member("complete", complete).Member("pages", found.pages);
    json.Member("bookings", found.bookings).Member("created", found.created);
    json.Member("pages_with_changes", found.changed).Member("unusable", found.unusable);
    session.streams.out << json.EndObject().Text() << '\n';
    return;
  }
  std::ostream& out = session.streams.out;
  out << found.bookings << " bookings found on " << found.pages << " pages: " << found.created
      << " appointments are new, " << found.changed << " pages changed something.\n";
  if (found.unusable > 0) {
    out << found.unusable << " could not be used: bookgate deliveries list tells why.\n";
  }
  if (!complete) out << "Not complete. What is stored stays; run it again for the rest.\n";
}

int Run(const Session& session, const Options& options) {
  const std::optional<intake::BackfillSpan> span = Understand(session, options);
  if (!span) return kWrongUsage;
  return WithProvider(session, options.org, options.provider, kOperation,
                      [&](const config::Settings&, store::Pool& pool, ProviderCall& call) {
                        Backfill backfill(pool, call, *span);
                        const int status = backfill.Run(session);
                        if (status == kDone || backfill.found().pages > 0) {
                          Print(session, options, *span, backfill.found(), status == kDone);
                        }
                        return status;
                      });
}

}  // namespace

void AddBackfill(CLI::App& app, Session& session) {
  CLI::App* backfill = AddCommand(app, session, "backfill",
                                  "Fetch bookings that no webhook told of, through the provider's "
                                  "API");
  const auto options = std::make_shared<Options>();
  backfill->add_option("org", options->org, "The org's public id")->required();
  backfill->add_option("provider", options->provider, "The plugin's provider id")->required();
  backfill->add_option("--since", options->since, "Made or changed then or later; RFC 3339")
      ->required();
  backfill->add_option("--until", options->until, "Made by then; RFC 3339. Default: now");
  backfill->callback([&session, options] {
    session.run = [&session, options] { return Run(session, *options); };
  });
}

}  // namespace bookgate::commands
