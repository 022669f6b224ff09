// One delivery: what came, what is wrong with it, and what was done about it.

import { auditWords } from "../audit_words.js";
import { get, orgPath, post } from "../lib/api.js";
import { el, fill } from "../lib/dom.js";
import { ago, at } from "../lib/time.js";
import { providerName } from "../names.js";
import { outcomeBadge, outcomeSentence, ruleOf } from "../outcomes.js";
import { bodyView, problemList } from "../parts/body_view.js";
import { button, copyField, linkButton } from "../parts/controls.js";
import { card, facts, failed, loading, toast } from "../parts/pieces.js";
import { can } from "../session.js";

const REPLAYABLE = ["dead", "held", "refused"];

export function deliveryView({ org, id }) {
  const place = el("div", { class: "stack" }, el("div", { class: "card" }, loading()));
  const path = orgPath(org.org, "deliveries", id);
  let disposed = false;

  async function load() {
    try {
      const delivery = await get(path);
      if (!disposed) draw(delivery);
    } catch (error) {
      if (!disposed) fill(place, el("div", { class: "card" }, failed(error, load)));
    }
  }

  function draw(delivery) {
    fill(place, summary(delivery), delivery.problems.length > 0 && problems(delivery), bodyCard(delivery), history(delivery));
  }

  function summary(delivery) {
    return card("What became of it", {
      aside: outcomeBadge(delivery.outcome),
      body: el(
        "div",
        el("p", { class: "lead" }, delivery.problems.length > 0 ? ruleOf(delivery.outcome) : outcomeSentence(delivery)),
        el("div", { class: "spaced" }, facts([
          ["Received", [at(delivery.received_at, org.timezone), " · ", ago(delivery.received_at, org.timezone)]],
          ["From", providerName(delivery.provider)],
          ["Appointment", delivery.appointment_id],
          ["Attempts", delivery.attempts > 1 ? delivery.attempts : null],
          ["Content type", delivery.content_type],
          ["Delivery id", copyField(delivery.delivery_id, { label: "delivery id" })],
        ])),
      ),
      foot: can("replay") && REPLAYABLE.includes(delivery.outcome) && delivery.body !== null
        ? [el("span", "Replaying takes it through the plugins that are loaded now."), button("Replay", replay, { kind: "main-action", glyph: "retry" })]
        : null,
    });
  }

  async function replay() {
    try {
      await post(`${path}/replay`);
      toast("Replayed");
      await load();
    } catch (error) {
      toast(error.message);
    }
  }

  function problems(delivery) {
    return card("What is wrong with it", { body: problemList(delivery.problems) });
  }

  function bodyCard(delivery) {
    if (delivery.body === null) return card("Body", { body: el("p", { class: "soft" }, "The body is no longer kept.") });
    if (delivery.body === "") return card("Body", { body: el("p", { class: "soft" }, "The request had no body.") });
    return card("Body", {
      about: delivery.problems.length > 0 ? "What is wrong is marked where it stands." : "",
      body: el("div", bodyView(delivery.body, delivery.content_type, delivery.problems), headers(delivery)),
    });
  }

  function headers(delivery) {
    const fields = [...delivery.headers, ...delivery.query.map(({ name, value }) => ({ name: `?${name}`, value }))];
    if (fields.length === 0) return null;
    return el("div", { class: "spaced" }, facts(fields.map(({ name, value }) => [name, el("code", value)])));
  }

  function history(delivery) {
    return card("History", {
      body: el(
        "ol",
        { class: "timeline" },
        delivery.history.map((entry) =>
          el("li", el("div", entry.action === "received" ? "Received" : auditWords({ ...entry, subject: "" }).trim(), entry.actor && el("span", { class: "soft" }, ` by ${entry.actor}`)), el("div", { class: "when" }, at(entry.at, org.timezone))),
        ),
      ),
    });
  }

  load();
  return {
    title: "Delivery",
    aside: linkButton("All deliveries", `#/orgs/${org.org}/deliveries`),
    node: place,
    dispose() {
      disposed = true;
    },
  };
}
