#include "provider/backfill.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <ostream>

#include "base/json_writer.hpp"
#include "base/rfc3339.hpp"
#include "commands/provider_account.hpp"
#include "commands/stop_on_signal.hpp"

namespace bookgate::commands {
namespace {

struct Options {
  std::string org;
  std::string provider;
  std::string since;
  std::string until;
};

/// nullopt after saying what is wrong.
std::optional<intake::BackfillSpan> Understand(const Session& session, const Options& options) {
  const base::Instant now = base::SystemNow();
  const std::optional<base::Instant> since = base::ParseInstant(options.since);
  const std::optional<base::Instant> until =
      options.until.empty() ? std::optional(now) : base::ParseInstant(options.until);
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

void Print(const Session& session, const Options& options, const store::Backfill& found) {
  const bool complete = found.state == "done";
  if (session.json) {
    base::JsonWriter json;
    json.Object().Member("org", options.org).Member("provider", options.provider);
    json.Member("since", base::Rfc3339(found.since)).Member("until", base::Rfc3339(found.until));
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
  const StopOnSignal stop;
  return WithAccount(session, options.org, options.provider, "list_bookings",
                     [&](const config::Settings&, const provider::Account& account) {
                       provider::Backfill backfill(account, *span, stop.token());
                       if (const base::Status begun = backfill.Begin(CommandLine()); !begun.ok()) {
                         return session.Fail(begun.failure());
                       }
                       const base::Status done = backfill.Run();
                       if (!done.ok()) FailPrintably(session, done.failure());
                       if (done.ok() || backfill.state().pages > 0) {
                         Print(session, options, backfill.state());
                       }
                       return static_cast<int>(done.ok() ? kDone : kFailed);
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
