#include "intake/replay.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>
#include <utility>
#include <variant>

#include "base/json_writer.hpp"
#include "base/rfc3339.hpp"
#include "commands/database.hpp"
#include "commands/table.hpp"
#include "store/preview.hpp"
#include "store/write_batch.hpp"

namespace bookgate::commands {
namespace {

/// Deliveries of one transaction; if one of them cannot be written, they are written one by one.
constexpr std::size_t kTogether = 100;

struct Options {
  std::vector<std::string> ids;
  std::string org;
  std::string outcome;
  std::string since;
  bool dry_run = false;
};

/// What became of one delivery, for printing.
struct Replayed {
  base::Uuid id;
  model::Outcome before = model::Outcome::kStored;
  std::string outcome;  ///< "failed" if it could not be replayed.
  std::string reason;
  bool changed = false;
  std::vector<store::WrittenAppointment> appointments;
  std::vector<std::vector<store::FieldChange>> changes;  ///< Of a dry run.
};

bool WouldStay(model::Outcome before, const store::Written& written) {
  const bool was_stored = before == model::Outcome::kStored || before == model::Outcome::kDuplicate;
  return was_stored ? !written.changes_something : written.outcome == before;
}

Replayed Report(const store::WriteJob& job, const store::Written& written) {
  return {job.delivery.id,
          *job.before,
          std::string(model::OutcomeName(written.outcome)),
          job.reason,
          !WouldStay(*job.before, written),
          written.appointments,
          {}};
}

Replayed ReportFailure(const base::Uuid& id, model::Outcome before, const std::string& reason) {
  return {id, before, "failed", reason, false, {}, {}};
}

/// Replays deliveries chunk by chunk and collects the reports.
class Replayer {
 public:
  Replayer(const config::Settings& settings, store::Pool& pool, const translate::Registry& registry,
           bool dry_run)
      : settings_(settings), pool_(pool), registry_(registry), dry_run_(dry_run) {}

  base::Status Replay(std::vector<store::StoredDelivery> deliveries) {
    std::vector<store::WriteJob> jobs;
    for (store::StoredDelivery& stored : deliveries) {
      const base::Uuid id = stored.delivery.id;
      const model::Outcome before = stored.outcome;
      base::Result<store::WriteJob> job = intake::ReplayJob(registry_, std::move(stored));
      if (job.ok()) {
        jobs.push_back(std::move(job).value());
      } else {
        reports_.push_back(ReportFailure(id, before, job.failure().operator_text));
      }
    }
    return dry_run_ ? Preview(jobs) : Write(jobs);
  }

  const std::vector<Replayed>& reports() const { return reports_; }

 private:
  base::Status Preview(std::vector<store::WriteJob>& jobs) {
    for (store::WriteJob& job : jobs) {
      const base::Result<store::Preview> preview = pool_.Run(
          [&](store::Connection& connection) { return store::PreviewJob(connection, job); });
      if (!preview.ok()) {
        if (preview.failure().code == base::Code::kUnavailable) return preview.failure();
        reports_.push_back(
            ReportFailure(job.delivery.id, *job.before, preview.failure().operator_text));
        continue;
      }
      reports_.push_back(Report(job, preview->written));
      reports_.back().changes = preview->changes;
    }
    return base::Done{};
  }

  base::Status Write(std::vector<store::WriteJob>& jobs) {
    std::vector<store::WriteJob*> all;
    all.reserve(jobs.size());
    for (store::WriteJob& job : jobs) all.push_back(&job);
    if (WriteTogether(all).ok()) return base::Done{};
    for (store::WriteJob* job : all) {
      const base::Status written = WriteTogether({job});
      if (written.ok()) continue;
      if (written.failure().code == base::Code::kUnavailable) return written.failure();
      reports_.push_back(
          ReportFailure(job->delivery.id, *job->before, written.failure().operator_text));
    }
    return base::Done{};
  }

  base::Status WriteTogether(const std::vector<store::WriteJob*>& jobs) {
    if (jobs.empty()) return base::Done{};
    const base::Result<std::vector<store::Written>> written =
        pool_.Run([&](store::Connection& connection) {
          std::vector<store::Written> results =
              store::WriteBatch(connection, store::MakeBatch(jobs));
          for (std::size_t i = 0; i < jobs.size(); ++i)
            NoteReplay(connection, *jobs[i], results[i]);
          return results;
        });
    if (!written.ok()) return written.failure();
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      reports_.push_back(Report(*jobs[i], (*written)[i]));
    }
    return base::Done{};
  }

  /// In the history of a delivery, a replay that left everything as it was is no event.
  static void NoteReplay(store::Connection& connection, const store::WriteJob& job,
                         const store::Written& written) {
    if (WouldStay(*job.before, written)) return;
    store::AddAuditEntry(
        connection,
        CommandEntry(job.delivery.org.id, "delivery_replayed", job.delivery.id.ToString(),
                     intake::ReplayDetails(*job.before, written.outcome)));
  }

  const config::Settings& settings_;
  store::Pool& pool_;
  const translate::Registry& registry_;
  const bool dry_run_;
  std::vector<Replayed> reports_;
};

base::Status ReplayIds(store::Pool& pool, Replayer& replayer, const std::vector<base::Uuid>& ids) {
  for (const base::Uuid& id : ids) {
    auto found = pool.Run(
        [&](store::Connection& connection) { return store::FindStoredDelivery(connection, id); });
    if (!found.ok()) return found.failure();
    if (!*found) {
      return base::Failure{base::Code::kNotFound, "there is no delivery " + id.ToString(), {}};
    }
    base::Status replayed = replayer.Replay({**std::move(found)});
    if (!replayed.ok()) return replayed;
  }
  return base::Done{};
}

base::Status ReplaySelection(store::Pool& pool, Replayer& replayer,
                             const store::DeliverySelection& selection) {
  base::Uuid after;
  while (true) {
    auto chunk = pool.Run([&](store::Connection& connection) {
      return store::ListStoredDeliveries(connection, selection, after, kTogether);
    });
    if (!chunk.ok()) return chunk.failure();
    if (chunk->empty()) return base::Done{};
    after = chunk->back().delivery.id;
    base::Status replayed = replayer.Replay(std::move(chunk).value());
    if (!replayed.ok()) return replayed;
  }
}

void PrintJson(const std::vector<Replayed>& reports, std::ostream& out) {
  base::JsonWriter json;
  json.Array();
  for (const Replayed& report : reports) {
    json.Object().Member("delivery_id", report.id.ToString());
    json.Member("before", model::OutcomeName(report.before)).Member("outcome", report.outcome);
    json.TextOrNull("reason", report.reason).Member("changed", report.changed);
    json.Key("appointments").Array();
    for (std::size_t i = 0; i < report.appointments.size(); ++i) {
      const store::WrittenAppointment& appointment = report.appointments[i];
      json.Object().Member("appointment_id", appointment.appointment_id);
      json.Member("status", model::StatusName(appointment.status)).Key("changes").Array();
      if (i < report.changes.size()) {
        for (const store::FieldChange& change : report.changes[i]) {
          json.Object().Member("field", change.field).TextOrNull("before", change.before);
          json.TextOrNull("after", change.after).EndObject();
        }
      }
      json.EndArray().EndObject();
    }
    json.EndArray().EndObject();
  }
  out << json.EndArray().Text() << '\n';
}

std::string ChangesOf(const Replayed& report) {
  std::string text = report.reason;
  for (const auto& changes : report.changes) {
    for (const store::FieldChange& change : changes) {
      if (!text.empty()) text += "; ";
      text += change.field + ": \"" + change.before + "\" -> \"" + change.after + "\"";
    }
  }
  return text;
}

void PrintTable(const std::vector<Replayed>& reports, std::ostream& out) {
  if (reports.empty()) {
    out << "No deliveries to replay.\n";
    return;
  }
  Table table({"DELIVERY", "BEFORE", "NOW", "CHANGES", "APPOINTMENT", "DETAILS"});
  for (const Replayed& report : reports) {
    const bool has_appointment =
        !report.appointments.empty() && report.appointments.front().appointment_id != 0;
    table.Add({report.id.ToString(), std::string(model::OutcomeName(report.before)), report.outcome,
               report.changed ? "yes" : "no",
               has_appointment ? std::to_string(report.appointments.front().appointment_id) : "",
               ChangesOf(report)});
  }
  table.Print(out);
}

/// Everything that was asked for, understood; the texts of problems are for the user.
struct Wanted {
  std::vector<base::Uuid> ids;
  std::optional<model::Outcome> outcome;
  base::Instant since{};
};

std::variant<Wanted, std::string> Understand(const Options& options) {
  Wanted wanted;
  for (const std::string& text : options.ids) {
    const std::optional<base::Uuid> id = base::Uuid::Parse(text);
    if (!id) return "\"" + Printable(text) + "\" is no delivery id";
    wanted.ids.push_back(*id);
  }
  const bool selects = !options.org.empty() || !options.outcome.empty() || !options.since.empty();
  if (wanted.ids.empty() == !selects)
    return std::string("name deliveries, or --org with what to replay of it");
  if (selects && options.org.empty()) return std::string("--outcome and --since need --org");
  if (selects && options.since.empty())
    return std::string("--org needs --since, such as 2026-06-15T00:00:00Z");
  if (!options.since.empty()) {
    const std::optional<base::Instant> since = base::ParseInstant(options.since);
    if (!since) {
      return std::string("--since takes a time with an offset, such as 2026-06-15T00:00:00Z");
    }
    wanted.since = *since;
  }
  wanted.outcome = model::OutcomeNamed(options.outcome);
  return wanted;
}

base::Status ReplayWanted(store::Pool& pool, Replayer& replayer, const Options& options,
                          const Wanted& wanted) {
  if (!wanted.ids.empty()) return ReplayIds(pool, replayer, wanted.ids);
  const base::Result<model::Org> org = RequireOrg(pool, options.org);
  if (!org.ok()) return org.failure();
  return ReplaySelection(pool, replayer, {org->id, wanted.outcome, wanted.since});
}

int Replay(const Session& session, const Options& options) {
  const std::variant<Wanted, std::string> understood = Understand(options);
  if (const auto* problem = std::get_if<std::string>(&understood)) {
    session.Fail(*problem);
    return kWrongUsage;
  }
  return WithDatabase(session, [&](const config::Settings& settings, store::Pool& pool) {
    const translate::LoadedRegistry loaded = translate::LoadRegistry(settings.plugins);
    if (!loaded.problems.empty()) {
      for (const translate::LoadProblem& problem : loaded.problems) {
        session.Fail("plugins." + problem.provider + ": " + problem.message);
      }
      return static_cast<int>(kWrongUsage);
    }
    Replayer replayer(settings, pool, *loaded.registry, options.dry_run);
    const base::Status replayed =
        ReplayWanted(pool, replayer, options, std::get<Wanted>(understood));
    if (session.json) {
      PrintJson(replayer.reports(), session.streams.out);
    } else {
      PrintTable(replayer.reports(), session.streams.out);
    }
    if (!replayed.ok()) return session.Fail(replayed.failure());
    return static_cast<int>(kDone);
  });
}

}  // namespace

void AddReplay(CLI::App& deliveries, Session& session) {
  CLI::App* replay = AddCommand(deliveries, session, "replay",
                                "Run deliveries through their plugin again, as it is today");
  const auto options = std::make_shared<Options>();
  replay->add_option("id", options->ids, "Their delivery_ids");
  replay->add_option("--org", options->org, "Instead of ids: the public id of an org");
  replay->add_option("--outcome", options->outcome, "Of the org's deliveries only those")
      ->check(CLI::IsMember({"stored", "duplicate", "ignored", "held", "dead", "refused"}));
  replay->add_option("--since", options->since, "Received then or later; RFC 3339");
  replay->add_flag("--dry-run", options->dry_run, "Only say what would change");
  replay->callback([&session, options] {
    session.run = [&session, options] { return Replay(session, *options); };
  });
}

}  // namespace bookgate::commands
