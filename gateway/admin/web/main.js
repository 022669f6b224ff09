// Begins: who is signed in, and what they want to see.

import { forgetAllSecrets } from "./fresh_secret.js";
import { el, fill } from "./lib/dom.js";
import { keepTimesRight } from "./lib/time.js";
import { Frame } from "./frame.js";
import { holdDialog } from "./parts/dialogs.js";
import { failed, loading } from "./parts/pieces.js";
import { resume, session } from "./session.js";
import { signInForm, signInPage } from "./views/sign_in.js";

const app = document.getElementById("app");
let frame = null;

async function begin() {
  fill(app, el("div", { class: "door" }, el("div", { class: "card" }, loading())));
  try {
    if (await resume()) showFrame();
    else showDoor();
  } catch (error) {
    fill(app, el("main", { class: "door" }, el("div", { class: "card" }, failed(error, begin))));
  }
}

function showDoor() {
  frame?.dispose();
  frame = null;
  forgetAllSecrets();
  fill(app, signInPage(showFrame));
}

function showFrame() {
  frame?.dispose();
  frame = new Frame(showDoor);
  fill(app, frame.node);
  frame.start();
}

/** The session ended while the page was open: what is on it stays until somebody has signed in. */
let asking = false;
function askToSignInAgain() {
  if (asking || !frame) return;
  asking = true;
  const before = session()?.email;
  const dialog = holdDialog(
    "You were signed out",
    el(
      "div",
      { class: "content" },
      el("p", { class: "soft" }, "Your session has ended. Sign in again to go on where you were."),
      signInForm((now) => {
        asking = false;
        dialog.close();
        if (now.email !== before) showFrame();
      }, before),
    ),
  );
}

window.addEventListener("signed-out", askToSignInAgain);
keepTimesRight();
begin();
