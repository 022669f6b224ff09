// Who changed what, and when.

import { auditWords } from "../audit_words.js";
import { get, orgPath } from "../lib/api.js";
import { el, fill } from "../lib/dom.js";
import { at, ago } from "../lib/time.js";
import { button } from "../parts/controls.js";
import { empty, failed, loading, row, table } from "../parts/pieces.js";

const COLUMNS = ["What", "Who", "When", "From"];

export const auditView = ({ org }) =>
  entriesView({
    path: orgPath(org.org, "audit"),
    zone: org.timezone,
    title: "Audit log",
    about: "Who changed something about this webhook, and when.",
    nothing: "Whoever generates, rotates, disables, registers or replays something is named here.",
  });

export const signInsView = () => ({
  ofInstallation: true,
  ...entriesView({
    path: "/audit",
    zone: "UTC",
    title: "Sign-ins",
    about: "When admins of the whole installation signed in. Those of an org are in its audit log.",
    nothing: "Sign-ins of the installation’s admins appear here.",
  }),
});

function entriesView({ path, zone, title, about, nothing }) {
  const place = el("div", { class: "card" }, loading());
  let entries = [];
  let disposed = false;

  async function load(before = null) {
    try {
      const page = await get(`${path}?limit=50${before ? `&before=${before}` : ""}`);
      entries = [...(before ? entries : []), ...page.entries];
      if (!disposed) draw(page.next_before);
    } catch (error) {
      if (!disposed) fill(place, failed(error, () => load()));
    }
  }

  function draw(nextBefore) {
    if (entries.length === 0) return fill(place, empty("clock", "Nothing yet", nothing));
    fill(
      place,
      table(title, COLUMNS, entries.map(entryRow)),
      nextBefore && el("div", { class: "more" }, button("Show older ones", () => load(nextBefore))),
    );
  }

  function entryRow(entry) {
    return row(COLUMNS, [auditWords(entry), entry.actor, { content: [ago(entry.at, zone), el("span", { class: "second" }, at(entry.at, zone))], kind: "nowrap" }, entry.address]);
  }

  load();
  return {
    title,
    about,
    node: place,
    dispose() {
      disposed = true;
    },
  };
}
