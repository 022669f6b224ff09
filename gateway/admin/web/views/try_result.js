// The result of a dry run.

import { el } from "../lib/dom.js";
import { inZone } from "../lib/time.js";
import { badge, facts, note } from "../parts/pieces.js";
import { problemList } from "../parts/body_view.js";

const VERDICTS = {
  stored: ["good", "This would be stored."],
  duplicate: ["good", "This would be stored."],
  ignored: ["", "This is no booking."],
  held: ["wait", "This would be held."],
  dead: ["bad", "This cannot be used."],
  refused: ["bad", "This cannot be used."],
};

const ACTIONS = {
  booked: ["Booked", "good"],
  rescheduled: ["Rescheduled", "good"],
  cancelled: ["Cancelled", ""],
  no_show: ["No-show", "wait"],
  updated: ["Updated", ""],
};

export function tryResult(result, org) {
  const [kind, words] = VERDICTS[result.outcome] ?? ["", result.outcome];
  return el(
    "div",
    note(kind, el("strong", words), " ", recognised(result), " ", result.problems.length === 0 && result.reason, ` A tool would be answered with ${result.status}. Nothing was stored.`),
    result.problems.length > 0 && problemList(result.problems),
    result.bookings.map((booking) => bookingFacts(booking, org)),
  );
}

function recognised(result) {
  if (result.provider === "generic") return "It was read as plain fields, since it is no known tool’s own.";
  return result.provider_name ? `Recognised as ${result.provider_name}.` : "It was not recognised.";
}

function bookingFacts(booking, org) {
  return el(
    "div",
    { class: "booking" },
    el("div", { class: "title" }, el("h3", "Normalized booking"), badge(...(ACTIONS[booking.action] ?? [booking.action]))),
    facts([
      ["Customer", booking.customer_name],
      ["Email", booking.customer_email],
      ["Phone", booking.customer_phone],
      ["Starts", booking.start_time && `${inZone(booking.start_time, org.timezone)} (${org.timezone})`],
      ["Duration", booking.duration_minutes !== null && `${booking.duration_minutes} minutes`],
      ["Type", booking.appointment_type],
      ["Location", booking.location],
      ["Host", [booking.host_name, booking.host_email].filter(Boolean).join(" · ")],
      ["Referred by", booking.referred_by],
      ["Notes", booking.notes],
      ["Cancel reason", booking.cancel_reason],
      ["Customer’s time zone", booking.time_zone],
      ...booking.answers.map(({ question, answer }) => [question, answer]),
      ["Source", booking.source],
      ["External id", booking.external_id_is_ours ? `${booking.external_id} (made by Bookgate: the tool sent none)` : booking.external_id],
      ["Replaces id", booking.previous_external_id],
    ]),
  );
}
