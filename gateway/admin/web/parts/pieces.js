// Cards, notes, badges and the states that every view has: loading, empty, failed.

import { announce, el } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { button } from "./controls.js";

export function card(title, { about, aside, body, foot, kind = "" } = {}) {
  const heading = el("h2", title);
  return el(
    "section",
    { class: `card ${kind}` },
    title && el("div", { class: "top" }, el("div", heading, about && el("p", about)), aside),
    [body].flat().map((part) => part && el("div", { class: "body" }, part)),
    foot && el("div", { class: "foot" }, foot),
  );
}

export function badge(text, kind = "") {
  return el("span", { class: `badge ${kind}` }, text);
}

const NOTE_ICONS = { "": "info", good: "check", wait: "warning", bad: "warning" };

export function note(kind, ...children) {
  return el("div", { class: `note ${kind}` }, icon(NOTE_ICONS[kind]), el("div", children));
}

/** [["Name", value], …]; those without a value are left out. */
export function facts(pairs) {
  return el(
    "dl",
    { class: "facts" },
    pairs
      .filter(([, value]) => value !== null && value !== undefined && value !== "")
      .map(([name, value]) => [el("dt", name), el("dd", value)]),
  );
}

export function loading() {
  return el("div", { class: "skeleton", "aria-busy": "true" }, el("span", { class: "visually-hidden" }, "Loading"), el("i"), el("i"), el("i"));
}

export function empty(glyph, title, text, ...actions) {
  return el(
    "div",
    { class: "empty" },
    icon(glyph),
    el("h2", title),
    el("p", text),
    actions.length > 0 && el("div", { class: "actions" }, actions),
  );
}

export function failed(error, retry) {
  return el(
    "div",
    { class: "empty", role: "alert" },
    icon("warning"),
    el("h2", "This could not be loaded"),
    el("p", error.message),
    el("div", { class: "actions" }, button("Try again", retry, { glyph: "retry" })),
  );
}

/** A word at the foot of the page, and for screen readers. */
export function toast(text) {
  for (const old of document.querySelectorAll(".toast")) old.remove();
  const node = el("div", { class: "toast rise" }, text);
  document.body.append(node);
  announce(text);
  setTimeout(() => node.remove(), 3500);
}

/** A table; rows are lists of cells: text, nodes, or { content, kind }. On a phone each is a card. */
export function table(label, columns, rows) {
  return el(
    "div",
    { class: "table-scroll" },
    el(
      "table",
      { class: "cards", "aria-label": label },
      el("thead", el("tr", columns.map((column) => el("th", { scope: "col" }, column)))),
      el("tbody", rows),
    ),
  );
}

export function row(columns, cells, attributes = {}) {
  return el(
    "tr",
    attributes,
    cells.map((cell, i) => {
      const { content, kind } = cell !== null && typeof cell === "object" && "content" in cell ? cell : { content: cell };
      const isEmpty = content === null || content === undefined || content === "";
      const classes = [kind, isEmpty && "empty-cell"].filter(Boolean).join(" ");
      return el("td", { class: classes || null, "data-label": columns[i] }, el("div", isEmpty ? "" : content));
    }),
  );
}
