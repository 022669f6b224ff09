// Try a payload: paste any body and see what it would become.

import { get, orgPath, post } from "../lib/api.js";
import { el, fill } from "../lib/dom.js";
import { bodyView } from "../parts/body_view.js";
import { button, field, select } from "../parts/controls.js";
import { card, empty, note } from "../parts/pieces.js";
import { sampleOf } from "../samples.js";
import { can } from "../session.js";
import { mappingCard } from "./mapping.js";
import { tryResult } from "./try_result.js";

const TYPES = [
  ["application/json", "JSON (application/json)"],
  ["application/x-www-form-urlencoded", "Form (application/x-www-form-urlencoded)"],
  ["text/plain", "Text (text/plain)"],
];

const SAMPLE_NAMES = [
  ["generic", "Plain JSON"],
  ["calendly", "Calendly"],
  ["calcom", "Cal.com"],
  ["square", "Square"],
  ["acuity", "Acuity"],
];

export function tryView({ org }) {
  const body = field("Body", el("textarea", { class: "input", spellcheck: "false", autocomplete: "off", name: "body", placeholder: "Paste what your tool sends" }));
  const type = field("Content type", select(TYPES, TYPES[0][0]));
  const provider = field("Provider", select([["", "Detect it"]], ""), "A webhook URL may name its provider; else it is detected.");
  const result = el("div", { role: "status", class: "stack" }, card("Result", { body: empty("flask", "Nothing tried yet", "Paste a body and press Try it. Nothing is stored, however often you do.") }));
  const mapping = can("mapping") ? mappingCard({ org, changed: () => body.input.value && run() }) : null;

  async function loadProviders() {
    try {
      const { providers } = await get(orgPath(org.org, "providers"));
      provider.input.append(...providers.map((one) => el("option", { value: one.provider }, one.name)));
    } catch {
      // Detecting works without the list.
    }
  }

  async function run() {
    const sent = { content_type: type.input.value, body: body.input.value };
    if (provider.input.value) sent.provider = provider.input.value;
    if (mapping) sent.mapping = mapping.value();
    try {
      const answer = await post(orgPath(org.org, "try"), sent);
      fill(
        result,
        card("Result", { kind: "rise", body: tryResult(answer, org) }),
        sent.body && card("Body", { about: answer.problems.length > 0 ? "What is wrong is marked where it stands." : "", body: bodyView(sent.body, sent.content_type, answer.problems) }),
      );
    } catch (error) {
      fill(result, card("Result", { body: note("bad", error.message) }));
    }
  }

  function useSample(name) {
    const sample = sampleOf(name);
    body.input.value = sample.body;
    type.input.value = sample.contentType;
    provider.input.value = sample.provider;
    return run();
  }

  loadProviders();
  return {
    title: "Try a payload",
    about: "Paste what your tool sends and see which plugin recognises it and what it becomes.",
    node: el(
      "div",
      { class: "try" },
      card("Payload", {
        about: "Or start from a sample.",
        aside: el("div", { class: "chips" }, SAMPLE_NAMES.map(([name, text]) => el("button", { type: "button", class: "chip", on: { click: () => useSample(name) } }, text))),
        body: el("div", body.node, el("div", { class: "row spaced" }, type.node, provider.node)),
        foot: [el("span", "Nothing is stored."), button("Try it", run, { kind: "main-action" })],
      }),
      mapping?.node,
      result,
    ),
  };
}
