/// \file judge.hpp
/// What a request's end means: a reply for the translator, and whether asking again would help.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lookup/fetcher.hpp"
#include "lookup/obstacle.hpp"
#include "translate/step.hpp"

namespace bookgate::lookup {

struct Judgement {
  translate::LookupReply reply;
  std::optional<Obstacle> obstacle;
  std::string_view outcome;  ///< A token for metrics.
};

/// `provider_name` is for people: "Square". An answer of the 200s that is no JSON, which is what
/// look-ups ask for, is a broken one: it is some proxy's page and not the API's. But what changes
/// something may be answered with nothing.
Judgement Judge(const std::string& provider_name, const std::string& lookup_id, FetchReply reply,
                translate::Method method = translate::Method::kGet);

/// Of a look-up that is not sent, and why, as a sentence without its full stop.
Judgement Deny(const std::string& lookup_id, Obstacle::Kind kind, std::string why);

}  // namespace bookgate::lookup
