// What Bookgate can do at a provider by itself: sign checks, look-ups, registering the webhook, and
// fetching what was missed. Each part is there only if the server names it for that provider.

import { get, orgPath, post, put, remove } from "../lib/api.js";
import { el } from "../lib/dom.js";
import { ago } from "../lib/time.js";
import { button, checkbox, field } from "../parts/controls.js";
import { ask } from "../parts/dialogs.js";
import { badge, card, facts, note, toast } from "../parts/pieces.js";
import { backfillPart } from "./backfill.js";

const SUBSCRIPTION_STATES = {
  active: ["Registered", "good"],
  disabled: ["Switched off by the provider", "bad"],
  missing: ["Not there any more", "bad"],
};

const USES = {
  credential: "With it, Bookgate looks up what webhooks leave out.",
  "signing-key": "With it, Bookgate checks that a webhook really comes from the provider; it is then a proof like the secret.",
};

const LOSSES = {
  credential: "Nothing can be looked up, registered or fetched any more. Webhooks that leave out who has booked wait for another token.",
  "signing-key": "Signatures are not checked any more. Webhooks come in with the secret alone; those without it are refused.",
};

/** Where a token is not simply what the provider shows. */
const TOKEN_FORMS = {
  acuity: " Write your user ID and your API key with a colon between them, as 12345678:0a1b2c…: Acuity shows both under Integrations, API.",
};

/** What registering left for the owner to do, from when it was done until the card is drawn anew. */
const warnings = [];

/** A card, or null if there is nothing of that at this provider. */
export function connection({ org, provider, reload }) {
  const path = (...parts) => orgPath(org.org, "providers", provider.provider, ...parts);
  keepRight();
  const parts = [
    provider.registration && registrationPart(),
    provider.backfill && provider.credential?.set && backfillPart({ org, provider, path: path("backfill"), reload }),
    provider.credential && secretPart("credential", provider.credential, "API token", [TOKEN_FORMS[provider.provider], scopesHint()]),
    provider.signing_key && secretPart("signing-key", provider.signing_key, "Signing key", requiredHint()),
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return card(`Connect ${provider.name}`, { about: "Let Bookgate do it for you.", aside: subscriptionBadge(), body: parts });

  /** What is known of the subscription may be a quarter of an hour old: the provider is asked. */
  async function keepRight() {
    if (!provider.subscription) return;
    try {
      const { subscription } = await get(path("subscription"));
      if (subscription?.state !== provider.subscription.state) reload();
    } catch {
      // What is known stays, and says how old it is.
    }
  }

  function subscriptionBadge() {
    if (!provider.registration) return null;
    const { subscription } = provider;
    return subscription ? badge(...SUBSCRIPTION_STATES[subscription.state]) : badge("Not registered");
  }

  function scopesHint() {
    const { scopes } = provider.credential;
    return scopes.length > 0 && [" It needs ", scopes.map((scope, i) => [i > 0 && ", ", el("code", scope)]), "."];
  }

  function requiredHint() {
    return provider.signing_key.required && " Webhooks that are not signed are refused.";
  }

  function registrationPart() {
    const { registration, subscription } = provider;
    const hasToken = provider.credential?.set ?? true;
    const ready = hasToken && !registration.obstacle;
    return el(
      "div",
      el(
        "div",
        { class: "secret-line" },
        el("div", el("h3", "Webhook"), el("p", registrationWords(hasToken))),
        (ready || subscription) && el(
          "div",
          { class: "actions" },
          subscription && registration.can_unregister && button("Remove webhook…", unregister, { kind: "danger" }),
          ready && button(subscription ? "Register again" : `Register webhook with ${provider.name}`, register, { kind: subscription?.state === "active" ? "" : "main-action" }),
        ),
      ),
      registration.obstacle && el("div", { class: "spaced" }, note("wait", registration.obstacle)),
      subscription && subscription.state !== "active" && el("div", { class: "spaced" }, switchedOffNote()),
      subscription && el("div", { class: "spaced" }, facts([
        ["Registered", ago(subscription.registered_at, org.timezone)],
        ["Checked", ago(subscription.checked_at, org.timezone)],
        ["Sends", subscription.events.join(", ")],
      ])),
      el("div", { role: "status" }, warnings.splice(0).map((text) => el("div", { class: "spaced" }, note("wait", text)))),
    );
  }

  function registrationWords(hasToken) {
    if (provider.subscription?.state === "active") return `${provider.name} sends its bookings here, signed: its URL needs no secret.`;
    if (provider.subscription) return "Register it again, so that bookings come in.";
    if (!hasToken) return "Save an API token first: with it, Bookgate makes the webhook by itself.";
    return `Bookgate makes the webhook at ${provider.name}, and sets the key that it is signed with.`;
  }

  function switchedOffNote() {
    const { state } = provider.subscription;
    if (state === "missing") return note("bad", el("strong", `The webhook is not at ${provider.name} any more. `), "Somebody has removed it there. Register it again, then fetch what was missed.");
    return note("bad", el("strong", `${provider.name} has switched the webhook off. `), "It does that after too many failed deliveries. Register it again, then fetch what was missed.");
  }

  async function register() {
    try {
      warnings.push(...(await post(path("register"))).warnings);
    } catch (error) {
      toast(error.message);
      return;
    }
    toast(`The webhook is registered with ${provider.name}`);
    reload();
  }

  async function unregister() {
    const done = await ask({
      title: `Remove the webhook from ${provider.name}?`,
      text: "Its bookings do not come here any more, and the key that it was signed with is forgotten.",
      action: "Remove webhook",
      kind: "danger-action",
      work: () => post(path("unregister")),
    });
    if (done) reload();
  }

  function secretPart(member, state, name, more) {
    const input = el("input", { class: "input", type: "password", autocomplete: "off", name: member });
    const one = field(state.set ? `${name} (one that ends in ${state.hint ?? "…"} is set)` : name, input);
    const require = member === "signing-key" && !state.required && checkbox("Refuse webhooks that are not signed");
    const save = async () => {
      const value = input.value.trim();
      if (!value) return one.wrong(`Enter the ${lower(name)}.`);
      const body = require && require.input.checked ? { value, require: true } : { value };
      try {
        await put(path(member), body);
      } catch (error) {
        return one.wrong(error.about?.("value") ?? error.message);
      }
      toast(`The ${lower(name)} is saved`);
      return reload();
    };
    const clear = async () => {
      const done = await ask({
        title: `Remove the ${lower(name)}?`,
        text: LOSSES[member],
        action: `Remove ${lower(name)}`,
        kind: "danger-action",
        work: () => remove(path(member)),
      });
      if (!done) return;
      toast(`The ${lower(name)} is removed`);
      reload();
    };
    return el(
      "div",
      one.node,
      el("p", { class: "soft small-print" }, USES[member], more),
      require && require.node,
      el("div", { class: "actions spaced" }, button(state.set ? `Replace ${lower(name)}` : `Save ${lower(name)}`, save), state.set && button(`Remove ${lower(name)}…`, clear, { kind: "danger" })),
    );
  }
}

/** "API token" within a sentence stays what it is. */
const lower = (name) => (name === "Signing key" ? "signing key" : name);
