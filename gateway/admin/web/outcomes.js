// What became of deliveries, in plain words.

import { badge } from "./parts/pieces.js";

const WORDS = {
  stored: ["Stored", "good", "It is stored."],
  duplicate: ["Duplicate", "", "The same was received before, so nothing changed."],
  ignored: ["Ignored", "", "It was no booking."],
  held: ["Held", "wait", "It waits for a look-up at the provider, and is finished by itself."],
  dead: ["Dead letter", "bad", "It could not be used. It is kept, so that nothing is lost."],
  refused: ["Refused", "bad", "It could not be used, and the sender was told what is wrong."],
};

export const OUTCOMES = Object.keys(WORDS);

export const outcomeName = (outcome) => WORDS[outcome]?.[0] ?? outcome;

export const outcomeBadge = (outcome) => badge(outcomeName(outcome), WORDS[outcome]?.[1] ?? "");

/** A sentence for one delivery: its own reason, or what is always true of that outcome. */
export function outcomeSentence(delivery) {
  if (delivery.outcome === "stored" && delivery.appointment_id !== null && !delivery.reason) {
    return `Stored as appointment ${delivery.appointment_id}.`;
  }
  return delivery.reason || ruleOf(delivery.outcome);
}

/** What is always true of that outcome. */
export const ruleOf = (outcome) => WORDS[outcome]?.[2] ?? "";

const STATUSES = {
  booked: ["Booked", "good"],
  cancelled: ["Cancelled", ""],
  no_show: ["No-show", "wait"],
};

export function statusBadge(status) {
  const [text, kind] = STATUSES[status] ?? [status, ""];
  return badge(text, kind);
}
