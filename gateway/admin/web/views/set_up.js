// Set-up, tool by tool, with this org's own URL filled in.

import { freshSecret } from "../fresh_secret.js";
import { GUIDES } from "../guides.js";
import { get, orgPath } from "../lib/api.js";
import { el, fill } from "../lib/dom.js";
import { labelledCopy } from "../parts/controls.js";
import { card, failed, loading, note } from "../parts/pieces.js";
import { connection } from "./connection.js";
import { urlWithToken } from "./webhook.js";

const STAND_IN = "YOUR-SECRET";

export function setUpView({ org, query }) {
  const place = el("div", { class: "stack" }, el("div", { class: "card" }, loading()));
  const chosen = GUIDES.find((guide) => guide.id === query.get("tool")) ?? GUIDES[0];
  let disposed = false;

  async function load() {
    try {
      const [webhook, { providers }] = await Promise.all([get(orgPath(org.org, "webhook")), get(orgPath(org.org, "providers"))]);
      if (!disposed) draw(webhook, providers);
    } catch (error) {
      if (!disposed) fill(place, el("div", { class: "card" }, failed(error, load)));
    }
  }

  function draw(webhook, providers) {
    const provider = providers.find((one) => one.provider === chosen.provider);
    fill(
      place,
      el("nav", { class: "tools", "aria-label": "Calendar tools" }, GUIDES.map((guide) => toolLink(guide))),
      !takesAnything(webhook, provider) && notActive(webhook),
      chosen.provider && !provider && notEnabled(),
      provider && connection({ org, provider, reload: load }),
      card(stepsTitle(provider), {
        about: provider?.subscription?.state === "active" ? "Not needed while the webhook is registered." : chosen.short,
        body: [el("div", secretNote(), stepList(chosen.steps(placeFor(webhook, provider))))],
      }),
    );
  }

  /** Without a secret, what is signed comes in all the same. */
  function takesAnything(webhook, provider) {
    return webhook.state === "active" || (webhook.state === "none" && provider?.signing_key?.set);
  }

  function stepsTitle(provider) {
    if (chosen.id === "other") return "Set up any other tool";
    const canRegister = provider?.registration && !provider.registration.obstacle;
    return `Set up ${chosen.name}${canRegister ? " by hand" : ""}`;
  }

  function toolLink(guide) {
    return el(
      "a",
      { class: "tool", href: `#/orgs/${org.org}/set-up?tool=${guide.id}`, "aria-current": guide === chosen ? "true" : null },
      el("span", { class: "monogram", "aria-hidden": "true" }, guide.id === "other" ? "…" : guide.name[0]),
      guide.name,
    );
  }

  /** What the guide fills in. A tool that Bookgate knows gets a URL that names it. */
  function placeFor(webhook, provider) {
    const url = provider?.webhook_url ?? webhook.url;
    const token = freshSecret(org.org)?.secret ?? STAND_IN;
    return { url, token, tokenUrl: urlWithToken(url, token) };
  }

  function secretNote() {
    if (freshSecret(org.org)) {
      return note("good", "Your new secret is filled in below. This page forgets it when it is closed or reloaded.");
    }
    return note("", "Put your secret in place of ", el("code", STAND_IN), ". It was shown when it was generated; if nobody has it any more, ", el("a", { href: `#/orgs/${org.org}/webhook` }, "rotate it"), ".");
  }

  function notActive(webhook) {
    const text = webhook.state === "none" ? "There is no secret yet, so this URL takes nothing. " : "The webhook is disabled, so this URL answers 404. ";
    return note("wait", text, el("a", { href: `#/orgs/${org.org}/webhook` }, "Generate a secret first"), ".");
  }

  function notEnabled() {
    return note("wait", `The plugin for ${chosen.name} is not enabled on this installation. Its admin enables it in bookgate.toml.`);
  }

  load();
  return {
    title: "Set-up",
    about: "Choose your calendar tool. Everything that you need to paste is filled in.",
    node: place,
    dispose() {
      disposed = true;
    },
  };
}

function stepList(steps) {
  return el(
    "ol",
    { class: "steps" },
    steps.map(({ title, text, copy = [] }) =>
      el("li", el("h3", title), text && el("p", text), copy.map(([label, value, lines]) => labelledCopy(label, value, "", { lines }))),
    ),
  );
}
