// What came, and what became of it.

import { get, orgPath } from "../lib/api.js";
import { el, fill } from "../lib/dom.js";
import { poll } from "../lib/poll.js";
import { ago } from "../lib/time.js";
import { providerName } from "../names.js";
import { OUTCOMES, outcomeBadge, outcomeName, outcomeSentence } from "../outcomes.js";
import { button, linkButton } from "../parts/controls.js";
import { empty, failed, loading, row, table } from "../parts/pieces.js";

const PAUSE = 3000;
const PAGE = 25;
const COLUMNS = ["Received", "From", "Outcome", "What became of it"];

export function deliveriesView({ org, query }) {
  const outcome = OUTCOMES.includes(query.get("outcome")) ? query.get("outcome") : "";
  const place = el("div", { class: "card" }, loading());
  const base = `#/orgs/${org.org}/deliveries`;
  let newest = [];
  let older = [];
  let nextBefore = null;
  let shown = "";

  const fetchPage = (before) => get(`${orgPath(org.org, "deliveries")}?limit=${PAGE}&outcome=${outcome}${before ? `&before=${before}` : ""}`);

  async function load() {
    const page = await fetchPage(null);
    newest = page.deliveries;
    if (older.length === 0) nextBefore = page.next_before;
    draw();
  }

  async function loadOlder() {
    const page = await fetchPage(nextBefore);
    older = [...older, ...page.deliveries];
    nextBefore = page.next_before;
    draw();
  }

  /** The newest page is asked for again and again; once it has moved on, what it no longer has is
   *  kept. */
  function all() {
    const ids = new Set(newest.map((one) => one.delivery_id));
    return [...newest, ...older.filter((one) => !ids.has(one.delivery_id))];
  }

  function draw() {
    const deliveries = all();
    const text = JSON.stringify([deliveries, nextBefore]);
    if (text === shown) return;
    shown = text;
    fill(
      place,
      deliveries.length === 0 ? none() : table("Deliveries", COLUMNS, deliveries.map(deliveryRow)),
      nextBefore && el("div", { class: "more" }, button("Show older ones", () => loadOlder().catch((error) => fill(place, failed(error, load))))),
    );
  }

  function none() {
    if (outcome) return empty("inbox", `No deliveries with the outcome “${outcomeName(outcome)}”`, "Whatever comes with this outcome appears here.", linkButton("Show all", base));
    return empty("inbox", "Nothing has come yet", "Every request that proves itself with your secret is listed here, whatever becomes of it.", linkButton("Set up a tool", `#/orgs/${org.org}/set-up`, "main-action"));
  }

  function deliveryRow(one) {
    const link = el("a", { href: `${base}/${one.delivery_id}` }, ago(one.received_at, org.timezone));
    return row(COLUMNS, [{ content: link, kind: "nowrap" }, providerName(one.provider), outcomeBadge(one.outcome), { content: el("span", { class: "two-lines" }, outcomeSentence(one)), kind: "soft" }], {
      class: "leads",
      on: { click: (event) => event.target !== link && !link.contains(event.target) && link.click() },
    });
  }

  const chip = (value, text) =>
    el("a", { class: "chip", href: value ? `${base}?outcome=${value}` : base, "aria-current": value === outcome ? "true" : null }, text);

  const stop = poll(PAUSE, load, (error) => shown || fill(place, failed(error, () => load().catch(() => {}))));
  return {
    title: "Deliveries",
    about: "Every request that came in, and what became of it.",
    node: el(
      "div",
      { class: "stack" },
      el("nav", { class: "chips", "aria-label": "Outcome" }, chip("", "All"), OUTCOMES.map((value) => chip(value, outcomeName(value)))),
      place,
    ),
    dispose: stop,
  };
}
