#include "lookup/judge.hpp"

#include <bookgate/translator_abi.h>
#include <bookgate/json.hpp>

#include <utility>

namespace bookgate::lookup {
namespace {

using Kind = Obstacle::Kind;

/// An end without an answer, in words that follow "Square's API ".
struct Failure {
  std::string_view token;
  std::string_view words;
};

Failure FailureOf(FetchEnd end) {
  switch (end) {
    case FetchEnd::kForbiddenAddress:
      return {"forbidden_address", "is not asked: its name leads into a private network"};
    case FetchEnd::kUntrusted:
      return {"untrusted", "could not be reached securely: its certificate is not valid"};
    case FetchEnd::kBroken:
      return {"broken", "broke the connection off"};
    case FetchEnd::kLate:
      return {"late", "did not answer in time"};
    case FetchEnd::kCrowded:
      return {"crowded", "was not asked, because too many requests wait for it already"};
    case FetchEnd::kTooLarge:
      return {"too_large", "answered with more than this gateway takes"};
    case FetchEnd::kStopped:
      return {"stopped", "was not asked, because the gateway stopped"};
    case FetchEnd::kAnswered:
    case FetchEnd::kUnreachable:
      break;
  }
  return {"unreachable", "could not be reached"};
}

std::string_view OutcomeOf(unsigned status) {
  if (status == 401 || status == 403) return "credential_refused";
  if (status == 404) return "not_found";
  if (status == 429) return "limited";
  if (status >= 500 || status == 408) return "server_error";
  return status >= 200 && status < 300 ? "answered" : "rejected";
}

Obstacle Of(Kind kind, const std::string& lookup_id, std::string_view token, std::string text) {
  return {kind, lookup_id, std::string(token), std::move(text), {}};
}

/// What stands in the way of an answer that came, by its status.
std::optional<Obstacle> ObstacleOf(const std::string& provider_name, const std::string& lookup_id,
                                   unsigned status, std::string_view outcome) {
  const std::string number = std::to_string(status);
  if (outcome == "credential_refused") {
    return Of(Kind::kCredential, lookup_id, outcome,
              provider_name + " refused the token: " + number +
                  (status == 403 ? "; set one with the rights that this look-up needs"
                                 : "; set a new one"));
  }
  if (outcome == "limited") {
    return Of(Kind::kLimit, lookup_id, outcome,
              provider_name + "'s API says that it is asked too often (429)");
  }
  if (outcome == "server_error") {
    return Of(Kind::kProvider, lookup_id, outcome,
              provider_name + "'s API answered with status " + number);
  }
  return std::nullopt;
}

translate::LookupReply Unanswered(std::uint32_t outcome, const std::string& lookup_id) {
  translate::LookupReply reply;
  reply.outcome = outcome;
  reply.id = lookup_id;
  return reply;
}

Judgement NoAnswer(const std::string& lookup_id, std::string_view token, Kind kind,
                   std::string text) {
  return {Unanswered(BKG_LOOKUP_FAILED, lookup_id), Of(kind, lookup_id, token, std::move(text)),
          token};
}

}  // namespace

Judgement Judge(const std::string& provider_name, const std::string& lookup_id, FetchReply reply,
                translate::Method method) {
  if (reply.end != FetchEnd::kAnswered) {
    const Failure failure = FailureOf(reply.end);
    const Kind kind = reply.end == FetchEnd::kTooLarge ? Kind::kLasting : Kind::kProvider;
    return NoAnswer(lookup_id, failure.token, kind,
                    provider_name + "'s API " + std::string(failure.words));
  }
  const std::string_view outcome = OutcomeOf(reply.status);
  const bool may_be_empty = method != translate::Method::kGet && reply.body.empty();
  if (outcome == "answered" && !may_be_empty && !json::Document::Parse(reply.body)) {
    return NoAnswer(lookup_id, "unreadable", Kind::kProvider,
                    provider_name + "'s API answered with something that is not JSON");
  }
  Judgement judgement;
  judgement.outcome = outcome;
  judgement.obstacle = ObstacleOf(provider_name, lookup_id, reply.status, outcome);
  if (judgement.obstacle) judgement.obstacle->retry_after = reply.retry_after;
  judgement.reply = Unanswered(BKG_LOOKUP_ANSWERED, lookup_id);
  judgement.reply.http_status = reply.status;
  judgement.reply.content_type = std::move(reply.content_type);
  judgement.reply.body = std::move(reply.body);
  return judgement;
}

Judgement Deny(const std::string& lookup_id, Kind kind, std::string why) {
  return {Unanswered(BKG_LOOKUP_DENIED, lookup_id), Of(kind, lookup_id, "denied", std::move(why)),
          "denied"};
}

}  // namespace bookgate::lookup
