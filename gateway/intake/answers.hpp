/// \file answers.hpp
/// What senders are told: the table of section "HTTP" of the README in code.
#pragma once

#include <chrono>

#include "auth/authenticate.hpp"
#include "base/uuid.hpp"
#include "http/message.hpp"
#include "intake/translation.hpp"
#include "store/booking_writer.hpp"

namespace bookgate::intake {

/// How a delivery was stored, and so how it is answered, without the events it no longer needs.
struct AnswerPlan {
  model::Outcome outcome = model::Outcome::kStored;
  std::string reason_token;
  std::vector<model::Problem> problems;
  bool several_events = false;
};

AnswerPlan PlanAnswer(const Translation& translation);

/// After COMMIT.
http::Answer AnswerOf(const AnswerPlan& plan, const store::Written& written,
                      const base::Uuid& delivery_id);

/// The delivery could not be stored: the sender may retry.
http::Answer AnswerUnavailable();

/// Of a request that was not let in.
http::Answer AnswerRefused(auth::Decision decision);

http::Answer AnswerTooMany(std::chrono::seconds retry_after, std::string_view what);

}  // namespace bookgate::intake
