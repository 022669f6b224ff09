// Buttons, fields and what is made of them.

import { announce, el, fill, freshId } from "../lib/dom.js";
import { icon } from "../lib/icons.js";

/**
 * A button whose work may take a while: while it does, the button says so, and pressing it again does
 * nothing. It keeps the focus, which a disabled one would lose.
 */
export function button(text, work, { kind = "", glyph = null } = {}) {
  const node = el("button", { type: "button", class: `button ${kind}` });
  const show = (label) => fill(node, glyph && icon(glyph), label);
  let busy = false;
  node.addEventListener("click", async (event) => {
    if (busy) return;
    busy = true;
    node.setAttribute("aria-disabled", "true");
    try {
      await work(event);
    } finally {
      busy = false;
      node.removeAttribute("aria-disabled");
    }
  });
  show(text);
  return node;
}

export function linkButton(text, href, kind = "") {
  return el("a", { class: `button ${kind}`, href }, text);
}

/** A form field with its label; `wrong(text)` says what is wrong with it, or takes that back. */
export function field(label, input, hint = "") {
  const id = input.id || freshId("field");
  input.id = id;
  const hintNode = hint ? el("span", { class: "hint", id: `${id}-hint` }, hint) : null;
  const wrongNode = el("span", { class: "wrong", id: `${id}-wrong`, hidden: true });
  const describe = (ids) => {
    if (ids.length > 0) input.setAttribute("aria-describedby", ids.join(" "));
    else input.removeAttribute("aria-describedby");
  };
  const hintIds = hintNode ? [hintNode.id] : [];
  describe(hintIds);
  const node = el("div", { class: "field" }, el("label", { class: "label", for: id }, label), input, hintNode, wrongNode);
  return {
    node,
    input,
    wrong(text) {
      wrongNode.textContent = text ?? "";
      wrongNode.hidden = !text;
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      describe(text ? [...hintIds, wrongNode.id] : hintIds);
    },
  };
}

/** { node, input } of something to switch on. */
export function checkbox(text) {
  const input = el("input", { type: "checkbox" });
  return { node: el("label", { class: "check" }, input, text), input };
}

export function select(options, value) {
  const node = el("select", { class: "input" }, options.map(([key, text]) => el("option", { value: key }, text)));
  node.value = value;
  return node;
}

/** A value with a button that copies it. */
export function copyField(value, { label, lines = false } = {}) {
  const text = el(lines ? "pre" : "code", value);
  const copy = el("button", { type: "button", class: "button small", "aria-label": label ? `Copy ${label}` : null });
  const node = el("div", { class: "copy" }, text, copy);
  let timer = 0;
  const show = (done) => {
    node.classList.toggle("done", done);
    fill(copy, icon(done ? "check" : "copy"), done ? "Copied" : "Copy");
  };
  copy.addEventListener("click", async () => {
    if (!(await copyText(value))) {
      selectText(text);
      announce("Copying is not allowed here. The text is selected: copy it with the keyboard.");
      return;
    }
    show(true);
    announce(`${label ?? "Text"} copied`);
    clearTimeout(timer);
    timer = setTimeout(() => show(false), 2000);
  });
  show(false);
  return node;
}

/** The same with a label above it. */
export function labelledCopy(label, value, hint = "", { lines = false } = {}) {
  return el(
    "div",
    { class: "labelled" },
    el("span", { class: "label" }, label),
    copyField(value, { label, lines }),
    hint && el("p", { class: "hint" }, hint),
  );
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function selectText(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}
