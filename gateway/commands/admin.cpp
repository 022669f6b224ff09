#include <sodium.h>
#include <bookgate/text.hpp>

#include <CLI/CLI.hpp>
#include <istream>
#include <memory>
#include <ostream>

#include "auth/password.hpp"
#include "base/json_writer.hpp"
#include "booking/fold.hpp"
#include "commands/database.hpp"
#include "store/admin_queries.hpp"

namespace bookgate::commands {
namespace {

int SaveAdmin(const Session& session, const std::string& email, const std::string& org_id) {
  if (!LooksLikeEmail(Trim(email))) {
    session.Fail("that is no email address");
    return kWrongUsage;
  }
  std::string password;
  std::getline(session.streams.in, password);
  if (password.size() < auth::kShortestPassword || password.size() > auth::kLongestPassword) {
    session.Fail("the password on standard input needs 10 to 1024 characters");
    return kWrongUsage;
  }
  const std::string hash = auth::HashPassword(password);
  sodium_memzero(password.data(), password.size());
  if (hash.empty()) return session.Fail("there is not enough memory to hash a password");
  return WithDatabase(session, [&](const config::Settings&, store::Pool& pool) {
    std::optional<std::int64_t> org;
    if (!org_id.empty()) {
      const base::Result<model::Org> found = RequireOrg(pool, org_id);
      if (!found.ok()) return session.Fail(found.failure());
      org = found->id;
    }
    const std::string key = booking::FoldCase(email);
    const base::Result<bool> saved = pool.Run([&](store::Connection& connection) {
      store::SaveAdmin(connection, key, hash, org);
      return true;
    });
    if (!saved.ok()) return session.Fail(saved.failure());
    if (session.json) {
      base::JsonWriter json;
      json.Object().Member("email", key).TextOrNull("org", org_id).EndObject();
      session.streams.out << json.Text() << '\n';
    } else {
      session.streams.out << "saved " << key << '\n';
    }
    return static_cast<int>(kDone);
  });
}

}  // namespace

void AddAdmin(CLI::App& app, Session& session) {
  CLI::App* admin = AddCommand(app, session, "admin", "Who may sign in", false);
  admin->require_subcommand(1);
  CLI::App* create =
      AddCommand(*admin, session, "create",
                 "Make an admin, or set a new password; it is read from standard input");
  struct Options {
    std::string email;
    std::string org;
  };
  const auto options = std::make_shared<Options>();
  create->add_option("email", options->email, "What the admin signs in with")->required();
  create->add_option("--org", options->org, "The only org that the admin sees; else all");
  create->callback([&session, options] {
    session.run = [&session, options] { return SaveAdmin(session, options->email, options->org); };
  });
}

}  // namespace bookgate::commands
