// The webhook of an org: its URL, its secret, and what can be done with them.

import { freshSecret, forgetFreshSecret, keepFreshSecret } from "../fresh_secret.js";
import { get, orgPath, post } from "../lib/api.js";
import { el, fill } from "../lib/dom.js";
import { poll } from "../lib/poll.js";
import { ago, at } from "../lib/time.js";
import { button, field, labelledCopy, linkButton, select } from "../parts/controls.js";
import { ask, choices } from "../parts/dialogs.js";
import { card, facts, failed, loading, note, toast } from "../parts/pieces.js";
import { sampleOf } from "../samples.js";
import { webhookBadge } from "./orgs.js";
import { tryResult } from "./try_result.js";

const PAUSE = 3000;

const GRACES = [
  ["3600", "1 hour"],
  ["86400", "24 hours"],
  ["259200", "3 days"],
  ["604800", "7 days"],
];

/** The URL with the secret in it. It is base64url: nothing of it needs encoding. */
export const urlWithToken = (url, secret) => `${url}?token=${secret}`;

export function webhookView({ org }) {
  const place = el("div", { class: "stack" }, card("", { body: loading() }));
  const test = testCard(org);
  let webhook = null;

  async function load() {
    const now = await get(orgPath(org.org, "webhook"));
    const isSame = JSON.stringify(now) === JSON.stringify(webhook);
    webhook = now;
    if (!isSame) draw();
  }

  function draw() {
    fill(place, freshCard(), endpointCard(), test);
  }

  /** Right after a secret was made, and only then. */
  function freshCard() {
    const fresh = freshSecret(org.org);
    if (!fresh || webhook.state !== "active") return null;
    return card("Copy your secret now", {
      kind: "fresh-secret rise",
      about: "This is the only time that it is shown. Bookgate keeps no copy of it.",
      body: [
        el(
          "div",
          labelledCopy("Webhook URL", fresh.url),
          labelledCopy("Secret", fresh.secret, "Your tool sends it as the header “Authorization: Bearer …”."),
          labelledCopy("URL with the secret in it", urlWithToken(fresh.url, fresh.secret), "For tools that cannot send a header. Whoever sees this URL can send bookings: prefer the header where there is a choice."),
        ),
      ],
      foot: [
        el("span", "Next: put both into your calendar tool."),
        el(
          "div",
          { class: "actions" },
          button("I have saved it", () => {
            forgetFreshSecret(org.org);
            draw();
          }),
          linkButton("Set up a tool", `#/orgs/${org.org}/set-up`, "main-action"),
        ),
      ],
    });
  }

  function endpointCard() {
    const bodies = { none: beginning, disabled, active };
    return card("Endpoint", {
      about: "Where your calendar tool sends bookings.",
      aside: webhookBadge(webhook.state),
      body: [!freshSecret(org.org) && el("div", labelledCopy("Webhook URL", webhook.url)), bodies[webhook.state]()],
    });
  }

  function beginning() {
    return el(
      "div",
      { class: "secret-line" },
      el("div", el("h3", "There is no secret yet"), el("p", "Tools prove with it that a booking is from you. Generating one makes the URL live.")),
      button("Generate secret", generate, { kind: "main-action", glyph: "key" }),
    );
  }

  function disabled() {
    return [
      note("wait", el("strong", "The webhook is disabled. "), "Every request to this URL is answered with 404, whatever secret it has. Generating a new secret makes it live again."),
      el("div", { class: "actions" }, button("Generate new secret", generate, { kind: "main-action", glyph: "key" })),
    ];
  }

  function active() {
    return [
      el(
        "div",
        { class: "secret-line" },
        el("div", el("h3", "Secret"), el("code", { "aria-label": `Ends in ${webhook.hint}` }, `bgs_${"•".repeat(20)}${webhook.hint}`)),
        el("div", { class: "actions" }, button("Rotate…", rotate, { glyph: "retry" }), button("Disable…", disable, { kind: "danger" })),
      ),
      el("div", { class: "spaced" }, facts([
        ["Generated", ago(webhook.generated_at, org.timezone)],
        ["Last used", webhook.last_used_at ? ago(webhook.last_used_at, org.timezone) : "Not yet"],
      ])),
      webhook.previous && previousNote(webhook),
    ];
  }

  function previousNote({ generated_at, previous: { expires_at, last_used_at } }) {
    const isInUse = last_used_at !== null && Date.parse(last_used_at) > Date.parse(generated_at);
    return el(
      "div",
      { class: "spaced" },
      note(
        isInUse ? "wait" : "",
        el("strong", "The old secret still works"),
        " until ",
        at(expires_at, org.timezone),
        " (",
        ago(expires_at, org.timezone),
        "). ",
        isInUse ? ["It was last used ", ago(last_used_at, org.timezone), ": some tool still has to be given the new one."] : "Nothing has used it since it was replaced.",
      ),
    );
  }

  async function generate() {
    try {
      took(await post(orgPath(org.org, "webhook", "generate")));
    } catch (error) {
      toast(error.message);
    }
    await load().catch(() => {});
  }

  function took(made) {
    keepFreshSecret(org.org, made);
    webhook = null; // Drawn anew in any case.
  }

  async function rotate() {
    const when = choices(
      "What happens to the old secret",
      [
        ["grace", "Let the old one work for a while", "You change your tools one by one. This page says whether any still uses the old one."],
        ["now", "Stop the old one at once", "For a secret that somebody else may have seen. Tools that have it are refused until you change them."],
      ],
      "grace",
    );
    const length = field("The old one works for", select(GRACES, "86400"));
    const update = () => {
      length.node.hidden = when.value() !== "grace";
    };
    when.node.addEventListener("change", update);
    update();
    const done = await ask({
      title: "Rotate the secret",
      text: "A new secret is made and shown once.",
      content: el("div", when.node, el("div", { class: "spaced" }, length.node)),
      action: "Rotate secret",
      work: () => post(orgPath(org.org, "webhook", "rotate"), { grace_seconds: when.value() === "grace" ? Number(length.input.value) : 0 }),
    });
    if (!done) return;
    took(done.value);
    await load().catch(() => {});
  }

  async function disable() {
    const done = await ask({
      title: "Disable the webhook?",
      text: "Every request to its URL is answered with 404 from now on, and bookings that tools send are lost to Bookgate. The secret cannot be brought back: a new one has to be generated, and put into every tool.",
      action: "Disable webhook",
      kind: "danger-action",
      work: () => post(orgPath(org.org, "webhook", "disable")),
    });
    if (!done) return;
    forgetFreshSecret(org.org);
    webhook = done.value;
    draw();
    toast("The webhook is disabled");
  }

  const stop = poll(PAUSE, load, (error) => webhook ?? fill(place, el("div", { class: "card" }, failed(error, load))));
  return {
    title: "Webhook",
    about: "One URL and one secret: put them into your calendar tool, and its bookings become contacts and appointments.",
    node: place,
    dispose: stop,
  };
}

/** Sends a sample through the real way, up to the database. */
function testCard(org) {
  const result = el("div", { role: "status" });
  const send = async () => {
    try {
      const sample = sampleOf("generic");
      const answer = await post(orgPath(org.org, "try"), { content_type: sample.contentType, body: sample.body });
      fill(result, el("div", { class: "spaced rise" }, tryResult(answer, org)));
    } catch (error) {
      fill(result, el("div", { class: "spaced" }, note("bad", error.message)));
    }
  };
  return card("Send a test", {
    about: "A sample booking takes the way of a real one, but is not stored.",
    aside: button("Send test booking", send),
    body: el("div", el("p", { class: "soft" }, "You see what Bookgate would make of it: customer, time, type. To try what your own tool sends, use ", el("a", { href: `#/orgs/${org.org}/try` }, "Try a payload"), "."), result),
  });
}
