// Signing in: a page of its own at first, a form in a dialog when a session has ended.

import { el, fill } from "../lib/dom.js";
import { field } from "../parts/controls.js";
import { note } from "../parts/pieces.js";
import { signIn } from "../session.js";

export function signInPage(done) {
  document.title = "Sign in · Bookgate";
  return el(
    "main",
    { class: "door" },
    el(
      "div",
      el("div", { class: "brand" }, el("img", { src: "icon.svg", alt: "" }), "Bookgate"),
      el("div", { class: "card" }, el("div", { class: "body" }, el("h1", { class: "door-title" }, "Sign in"), signInForm(done))),
    ),
  );
}

/** `done(session)` is called once somebody is signed in. */
export function signInForm(done, knownEmail = "") {
  // Over plain HTTP from elsewhere, the browser would not keep the session's cookie.
  if (!window.isSecureContext) {
    return note("wait", el("strong", "This page needs HTTPS. "), "Open it over an https:// address, or on the machine that Bookgate runs on.");
  }
  const email = field("Email", el("input", { class: "input", type: "email", name: "email", autocomplete: "username", required: true, value: knownEmail }));
  const password = field("Password", el("input", { class: "input", type: "password", name: "password", autocomplete: "current-password", required: true }));
  const trouble = el("div", { role: "alert" });
  const submit = el("button", { type: "submit", class: "button main-action wide" }, "Sign in");
  let busy = false;
  const form = el("form", { class: "sign-in", method: "post", novalidate: true, on: { submit: send } }, trouble, email.node, password.node, submit);

  async function send(event) {
    event.preventDefault();
    if (busy || !complete()) return;
    busy = true;
    submit.setAttribute("aria-disabled", "true");
    try {
      done(await signIn(email.input.value, password.input.value));
    } catch (error) {
      fill(trouble, note("bad", error.message));
      password.input.value = "";
      password.input.focus();
    } finally {
      busy = false;
      submit.removeAttribute("aria-disabled");
    }
  }

  function complete() {
    email.wrong(email.input.value.trim() ? "" : "Enter your email address.");
    password.wrong(password.input.value ? "" : "Enter your password.");
    const first = [email, password].find((one) => one.input.getAttribute("aria-invalid"));
    first?.input.focus();
    return !first;
  }

  queueMicrotask(() => (knownEmail ? password : email).input.focus());
  return form;
}
