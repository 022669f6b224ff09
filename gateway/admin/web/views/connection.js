// What Bookgate can do at a provider by itself: sign checks, look-ups, registering the webhook, and
// fetching what was missed. Each part is there only if the server names it for that provider.

import { orgPath, post, put, remove } from "../lib/api.js";
import { el } from "../lib/dom.js";
import { ago } from "../lib/time.js";
import { button, checkbox, field, select } from "../parts/controls.js";
import { ask } from "../parts/dialogs.js";
import { badge, card, facts, note, toast } from "../parts/pieces.js";
import { can } from "../session.js";

const SUBSCRIPTION_STATES = {
  active: ["Registered", "good"],
  none: ["Not registered", ""],
  disabled: ["Switched off by the provider", "bad"],
  failing: ["Failing", "wait"],
};

const SPANS = [
  ["1", "the last 24 hours"],
  ["7", "the last 7 days"],
  ["30", "the last 30 days"],
];

/** What a token has to be allowed, as each provider calls it. */
const SCOPES = {
  calendly: ["users:read", "scheduled_events:read", "webhooks:read", "webhooks:write"],
  square: ["CUSTOMERS_READ", "ITEMS_READ", "APPOINTMENTS_READ", "APPOINTMENTS_BUSINESS_SETTINGS_READ", "MERCHANT_PROFILE_READ"],
};

const USES = {
  credential: "With it, Bookgate looks up what webhooks leave out.",
  "signing-key": "With it, Bookgate checks that a webhook really comes from the provider; it is then a proof like the secret.",
};

/** A card, or null if there is nothing of that at this provider. */
export function connection({ org, provider, reload }) {
  const path = (...parts) => orgPath(org.org, "providers", provider.provider, ...parts);
  const parts = [
    provider.registration && registrationPart(),
    provider.credential && secretPart("credential", provider.credential, "API token", scopesHint()),
    provider.signing_key && secretPart("signing-key", provider.signing_key, "Signing key", requiredHint()),
    can("backfill") && provider.credential?.set && backfillPart(),
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return card(`Connect ${provider.name}`, { about: "Let Bookgate do it for you.", aside: subscriptionBadge(), body: parts });

  function subscriptionBadge() {
    if (!provider.subscription) return null;
    return badge(...(SUBSCRIPTION_STATES[provider.subscription.state] ?? [provider.subscription.state]));
  }

  function scopesHint() {
    const scopes = SCOPES[provider.provider] ?? [];
    return scopes.length > 0 && [" It needs ", scopes.map((scope, i) => [i > 0 && ", ", el("code", scope)]), "."];
  }

  function requiredHint() {
    return provider.signing_key.required && " Webhooks that are not signed are refused.";
  }

  /** Done and told, or not done and told. */
  async function doing(work, done) {
    try {
      await work();
      toast(done);
    } catch (error) {
      toast(error.message);
      return;
    }
    reload();
  }

  function registrationPart() {
    const { subscription } = provider;
    const isActive = subscription?.state === "active";
    const ready = provider.credential?.set ?? true;
    return el(
      "div",
      el(
        "div",
        { class: "secret-line" },
        el("div", el("h3", "Webhook"), el("p", isActive ? `${provider.name} sends its bookings here.` : ready ? `Bookgate makes the webhook at ${provider.name}.` : "Set an API token first.")),
        el(
          "div",
          { class: "actions" },
          isActive && button("Remove…", unregister, { kind: "danger" }),
          ready && button(isActive ? "Register again" : `Register webhook with ${provider.name}`, () => doing(() => post(path("register")), `The webhook is registered with ${provider.name}`), { kind: isActive ? "" : "main-action" }),
        ),
      ),
      subscription?.state === "disabled" && el("div", { class: "spaced" }, note("bad", el("strong", `${provider.name} has switched the webhook off. `), "It does that after too many failed deliveries. Register it again, then fetch what was missed.")),
      subscription && el("div", { class: "spaced" }, facts([
        ["Checked", subscription.checked_at && ago(subscription.checked_at, org.timezone)],
        ["Sends", subscription.events?.join(", ")],
      ])),
    );
  }

  async function unregister() {
    const done = await ask({
      title: `Remove the webhook from ${provider.name}?`,
      text: "Its bookings do not come here any more.",
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
      const body = require?.input.checked ? { value, require: true } : { value };
      try {
        await put(path(member), body);
      } catch (error) {
        return one.wrong(error.about?.("value") ?? error.message);
      }
      toast(`The ${lower(name)} is saved`);
      return reload();
    };
    const clear = () => doing(() => remove(path(member)), `The ${lower(name)} is removed`);
    return el(
      "div",
      one.node,
      el("p", { class: "soft small-print" }, USES[member], more),
      require?.node,
      el("div", { class: "actions spaced" }, button(state.set ? `Replace ${lower(name)}` : `Save ${lower(name)}`, save), state.set && button("Remove", clear, { kind: "danger" })),
    );
  }

  function backfillPart() {
    const span = select(SPANS, "7");
    span.setAttribute("aria-label", "How far back");
    const run = () => doing(() => post(path("backfill"), { since: new Date(Date.now() - Number(span.value) * 86_400_000).toISOString() }), "Fetching what was missed");
    return el(
      "div",
      { class: "secret-line" },
      el("div", el("h3", "Fetch what was missed"), el("p", `Asks ${provider.name} for its bookings. What is known already stays as it is.`)),
      el("div", { class: "actions" }, span, button("Fetch", run)),
    );
  }
}

/** "API token" within a sentence stays what it is. */
const lower = (name) => (name === "Signing key" ? "signing key" : name);
