#include "intake/answers.hpp"

#include <utility>

#include "base/json_writer.hpp"
#include "http/problem.hpp"

namespace bookgate::intake {
namespace {

/// How soon a sender should try again when we cannot store: long enough for a database to restart,
/// short enough for a customer on his way.
constexpr std::chrono::seconds kRetryAfter{5};

http::Answer Json(int status, const base::JsonWriter& body) {
  http::Answer answer;
  answer.status = status;
  answer.body = body.Text();
  return answer;
}

void WriteAppointment(base::JsonWriter& out, const store::WrittenAppointment& appointment) {
  // 0: an event about a booking that never came, remembered by its id until it does.
  const auto id_or_null = [&](std::string_view name, std::int64_t id) {
    if (id == 0) {
      out.Key(name).Null();
    } else {
      out.Member(name, id);
    }
  };
  id_or_null("appointment_id", appointment.appointment_id);
  id_or_null("contact_id", appointment.contact_id);
  out.Member("created", appointment.created);
  out.Member("contact_created", appointment.contact_created);
  out.Member("status", model::StatusName(appointment.status));
}

http::Answer AnswerStored(const AnswerPlan& plan, const store::Written& written,
                          const std::string& delivery_id) {
  base::JsonWriter out;
  out.Object();
  if (plan.several_events) {
    out.Key("appointments").Array();
    for (const store::WrittenAppointment& appointment : written.appointments) {
      out.Object();
      WriteAppointment(out, appointment);
      out.EndObject();
    }
    out.EndArray();
  } else if (!written.appointments.empty()) {
    WriteAppointment(out, written.appointments.front());
  }
  out.Member("delivery_id", delivery_id).EndObject();
  return Json(200, out);
}

http::Answer AnswerIgnored(const AnswerPlan& plan, const std::string& delivery_id) {
  base::JsonWriter out;
  out.Object().Member("ignored", true).Member("reason", plan.reason_token);
  out.Member("delivery_id", delivery_id).EndObject();
  return Json(200, out);
}

http::Answer AnswerHeld(const std::string& reason, const std::string& delivery_id) {
  base::JsonWriter out;
  out.Object().Member("held", true).Member("reason", reason);
  out.Member("delivery_id", delivery_id).EndObject();
  return Json(202, out);
}

http::Answer AnswerUnusable(const AnswerPlan& plan, const std::string& delivery_id) {
  http::ProblemDetails problem;
  problem.status = 422;
  problem.name = plan.reason_token;
  problem.title = "The booking cannot be used";
  problem.detail = "The request was accepted, but its body is no booking yet: see errors.";
  problem.errors = plan.problems;
  problem.delivery_id = delivery_id;
  return http::ProblemAnswer(problem);
}

}  // namespace

AnswerPlan PlanAnswer(const Translation& translation) {
  return {translation.outcome, translation.reason_token, translation.problems,
          translation.events.size() > 1};
}

http::Answer AnswerOf(const AnswerPlan& plan, const store::Written& written,
                      const base::Uuid& delivery_id) {
  const std::string id = delivery_id.ToString();
  switch (written.outcome) {
    case model::Outcome::kStored:
    case model::Outcome::kDuplicate:
      return AnswerStored(plan, written, id);
    case model::Outcome::kIgnored:
      return AnswerIgnored(plan, id);
    case model::Outcome::kRefused:
      return AnswerUnusable(plan, id);
    case model::Outcome::kHeld:
    case model::Outcome::kDead:
      break;
  }
  // The store makes a dead letter of a booking whose rows the database refuses.
  const bool store_failed = plan.outcome == model::Outcome::kStored;
  return AnswerHeld(store_failed ? "store_failed" : plan.reason_token, id);
}

http::Answer AnswerUnavailable() {
  return http::Unavailable("The booking cannot be stored right now. Please send it again.",
                           kRetryAfter);
}

http::Answer AnswerRefused(auth::Decision decision) {
  if (decision == auth::Decision::kNotLoaded) return AnswerUnavailable();
  return auth::IsUnproven(decision) ? http::Unauthorized() : http::NotFound();
}

http::Answer AnswerTooMany(std::chrono::seconds retry_after, std::string_view what) {
  return http::TooManyRequests(what, retry_after);
}

}  // namespace bookgate::intake
