// Dialogs on top of the page, on the browser's own <dialog>: it keeps the focus inside and gives it
// back.

import { el, freshId } from "../lib/dom.js";
import { button } from "./controls.js";
import { note } from "./pieces.js";

/**
 * Asks before something is done. `work()` does it; if it fails, the dialog stays and says why. Gives
 * what `work` gave, or null if nobody wanted it.
 */
export function ask({ title, text, content = null, action, kind = "main-action", work }) {
  return new Promise((resolve) => {
    const titleId = freshId("title");
    const trouble = el("div", { role: "alert" });
    const dialog = el("dialog", { "aria-labelledby": titleId });
    let result = null;
    const run = async () => {
      trouble.replaceChildren();
      try {
        result = { value: await work() };
        dialog.close();
      } catch (error) {
        trouble.replaceChildren(el("div", { class: "content" }, note("bad", error.message)));
      }
    };
    dialog.append(
      el(
        "div",
        { class: "inside" },
        el("h2", { id: titleId }, title),
        text && el("p", text),
        content && el("div", { class: "content" }, content),
        trouble,
      ),
      el(
        "div",
        { class: "foot" },
        button("Cancel", () => dialog.close()),
        button(action, run, { kind }),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A dialog that is closed by whoever opened it, and not by Escape. */
export function holdDialog(title, content) {
  const titleId = freshId("title");
  const dialog = el(
    "dialog",
    { "aria-labelledby": titleId },
    el("div", { class: "inside" }, el("h2", { id: titleId }, title), content),
  );
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(dialog);
  dialog.showModal();
  return {
    close() {
      dialog.close();
      dialog.remove();
    },
  };
}

/** One of several answers, each with a line that explains it. [[value, text, more], …] */
export function choices(legend, options, value) {
  const name = freshId("choice");
  const node = el(
    "fieldset",
    { class: "choices" },
    el("legend", { class: "visually-hidden" }, legend),
    options.map(([key, text, more]) =>
      el(
        "label",
        { class: "choice" },
        el("input", { type: "radio", name, value: key, checked: key === value }),
        el("span", text, more && el("small", more)),
      ),
    ),
  );
  return {
    node,
    value: () => node.querySelector("input:checked").value,
  };
}
