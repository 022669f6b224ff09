#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <CLI/CLI.hpp>
#include <bookgate/text.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>

#include "commands/database.hpp"
#include "commands/one_plugin.hpp"
#include "translate/canned_replies.hpp"
#include "translate/field_mapping.hpp"
#include "translate/registry.hpp"

namespace bookgate::commands {
namespace {

struct Options {
  std::string provider;
  std::string org;
  std::string content_type = "application/json";
  std::vector<std::string> headers;
  std::string replies;
  std::string file;
};

std::optional<std::string> ReadBody(const Options& options, std::istream& in) {
  if (options.file == "-") return std::string(std::istreambuf_iterator<char>(in), {});
  std::ifstream file(options.file, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// "N: V" as a header; nullopt without a colon.
std::optional<model::Field> ReadHeader(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || colon == 0) return std::nullopt;
  return model::Field{ToLowerAscii(Trim(text.substr(0, colon))),
                      std::string(Trim(text.substr(colon + 1)))};
}

void Print(const json::Value document, bool compact, std::ostream& out) {
  rapidjson::StringBuffer buffer;
  if (compact) {
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    document.raw()->Accept(writer);
  } else {
    rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
    writer.SetIndent(' ', 2);
    document.raw()->Accept(writer);
  }
  out << buffer.GetString() << '\n';
}

int Report(const Session& session, const translate::StepOutcome& outcome) {
  if (outcome.document) Print(outcome.document->root(), session.json, session.streams.out);
  if (const auto* failed = std::get_if<translate::Failed>(&outcome.result)) {
    return session.Fail("the plugin failed (" + failed->reason + "): " + failed->detail);
  }
  return std::holds_alternative<translate::Reject>(outcome.result) ? kFailed : kDone;
}

/// The plugin's configuration with the org's own mapping in it; "" without an org.
base::Result<std::string> ConfigOf(const config::Settings& settings, const Options& options,
                                   const translate::Plugin& plugin) {
  if (options.org.empty()) return std::string();
  store::Pool pool(settings.database);
  const base::Result<model::Org> org = RequireOrg(pool, options.org);
  if (!org.ok()) return org.failure();
  return translate::ConfigWithMapping(plugin, org->field_mapping);
}

int RunTranslate(const Session& session, const Options& options) {
  const std::optional<config::Settings> settings = session.LoadSettings();
  if (!settings) return kWrongUsage;
  const translate::LoadedRegistry loaded = LoadOnePlugin(*settings, options.provider);
  const translate::Plugin* plugin = RequirePlugin(session, loaded, options.provider);
  if (plugin == nullptr) return kWrongUsage;
  const std::optional<std::string> body = ReadBody(options, session.streams.in);
  if (!body) return session.Fail(options.file + " cannot be read");
  std::vector<model::Field> headers;
  for (const std::string& text : options.headers) {
    std::optional<model::Field> header = ReadHeader(text);
    if (!header) {
      session.Fail("--header takes 'Name: value', not '" + text + "'");
      return kWrongUsage;
    }
    headers.push_back(*std::move(header));
  }
  const base::Result<std::string> config = ConfigOf(*settings, options, *plugin);
  if (!config.ok()) return session.Fail(config.failure());
  translate::StepInput input;
  input.config = *config;
  input.received_at_ms = base::UnixMilliseconds(base::SystemNow());
  input.body = *body;
  input.content_type = options.content_type;
  input.headers = &headers;
  return Report(session, translate::StepWithCannedReplies(*plugin->runner, input, options.replies));
}

}  // namespace

void AddTranslate(CLI::App& app, Session& session) {
  CLI::App* command = AddCommand(app, session, "translate",
                                 "Translate a body without storing anything, and print the result");
  const auto options = std::make_shared<Options>();
  command->add_option("provider", options->provider, "The plugin's provider id")->required();
  command->add_option("--org", options->org, "Public id of an org, whose field mapping is used");
  command->add_option("--content-type", options->content_type, "Content-Type of the body");
  command->add_option("--header", options->headers, "A request header, 'Name: value'; repeatable")
      ->allow_extra_args(false);
  command->add_option("--replies", options->replies,
                      "Folder with a file ID.json for each look-up that should be answered");
  command->add_option("file", options->file, "The body; - for standard input")->required();
  command->callback([&session, options] {
    session.run = [&session, options] { return RunTranslate(session, *options); };
  });
}

}  // namespace bookgate::commands
