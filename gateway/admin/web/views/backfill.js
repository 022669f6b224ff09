// Fetching what was missed through a provider's API: begun, watched, and told how it ended.

import { get, post } from "../lib/api.js";
import { el, fill } from "../lib/dom.js";
import { poll } from "../lib/poll.js";
import { ago, at } from "../lib/time.js";
import { button, select } from "../parts/controls.js";
import { note, toast } from "../parts/pieces.js";

const PAUSE = 1500;
const DAY = 86_400_000;

const SPANS = [
  ["1", "the last 24 hours"],
  ["7", "the last 7 days"],
  ["30", "the last 30 days"],
];

const amount = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** A part of a card. `reload` draws the card anew. */
export function backfillPart({ org, provider, path, reload }) {
  const missedSince = provider.subscription?.missed_since;
  const outcome = el("div", { role: "status" });
  let last = provider.backfill.last;

  const span = select(SPANS, "7");
  span.setAttribute("aria-label", "How far back");
  const fetchBack = () => begin(new Date(Date.now() - Number(span.value) * DAY).toISOString());

  async function begin(since) {
    try {
      last = (await post(path, { since })).backfill;
    } catch (error) {
      toast(error.message);
      return;
    }
    draw();
    watch();
  }

  /** Until it has ended, or nobody looks at it any more. */
  function watch() {
    const stop = poll(PAUSE, async () => {
      const now = (await get(path)).backfill;
      if (!outcome.isConnected) return stop();
      last = now;
      draw();
      if (last?.state === "running") return undefined;
      stop();
      return missedSince && reload();
    });
  }

  function draw() {
    fill(outcome, last && el("div", { class: "spaced" }, words()));
  }

  function words() {
    const found = `${amount(last.bookings, "booking")} found, ${amount(last.created, "new appointment")}.`;
    if (last.state === "running") return note("", el("strong", "Fetching… "), found);
    const unusable = last.unusable > 0 && [` ${last.unusable} could not be used: `, el("a", { href: `#/orgs/${org.org}/deliveries` }, "the deliveries say why"), "."];
    if (last.state === "done") return note("good", "Fetched ", ago(last.started_at, org.timezone), ": ", found, unusable);
    return note("bad", el("strong", "Not everything was fetched. "), last.reason, " ", found, unusable, " What was fetched stays.");
  }

  draw();
  // Once the part is on the page.
  if (last?.state === "running") requestAnimationFrame(watch);
  return el(
    "div",
    el(
      "div",
      { class: "secret-line" },
      el("div", el("h3", "Fetch what was missed"), el("p", `Asks ${provider.name} for its bookings. What is known already stays as it is.`)),
      el("div", { class: "actions" }, span, button("Fetch", fetchBack)),
    ),
    missedSince && el("div", { class: "spaced" }, note(
      "wait",
      el("strong", "Bookings may be missing. "),
      "The webhook was switched off: what was booked since ",
      at(missedSince, org.timezone),
      " may not have come here. ",
      el("div", { class: "actions spaced" }, button("Fetch them", () => begin(missedSince))),
    )),
    outcome,
  );
}
