// All orgs of the installation: choose one, make one.

import { post } from "../lib/api.js";
import { el, fill } from "../lib/dom.js";
import { knownZones } from "../lib/time.js";
import { button, field, select } from "../parts/controls.js";
import { ask } from "../parts/dialogs.js";
import { badge, empty, row, table, toast } from "../parts/pieces.js";

const STATES = { active: ["Active", "good"], disabled: ["Disabled", "wait"], none: ["No secret yet", ""] };

export const webhookBadge = (state) => badge(...(STATES[state] ?? [state]));

export function orgsView({ frame }) {
  const content = el("div", { class: "card" });
  const list = async () => {
    await frame.loadOrgs();
    fill(content, frame.orgs.length === 0 ? noOrgs() : orgTable(frame.orgs));
  };
  const create = () => createOrg(frame);
  const noOrgs = () =>
    empty("building", "No orgs yet", "An org is a shop: it has a webhook, contacts and appointments of its own.", button("Create the first org", create, { kind: "main-action" }));
  fill(content, frame.orgs.length === 0 ? noOrgs() : orgTable(frame.orgs));
  list();
  return {
    ofInstallation: true,
    title: "Orgs",
    about: "Choose the org whose webhook you want to look after.",
    aside: el("div", { class: "actions" }, button("Create org", create, { kind: "main-action" })),
    node: content,
  };
}

function orgTable(orgs) {
  const columns = ["Org", "Time zone", "Webhook"];
  return table(
    "Orgs",
    columns,
    orgs.map((org) => {
      const href = `#/orgs/${org.org}/webhook`;
      const link = el("a", { href }, org.name);
      return row(columns, [{ content: [link, el("span", { class: "second mono" }, org.org)] }, org.timezone, webhookBadge(org.webhook)], {
        class: "leads",
        on: { click: (event) => event.target !== link && link.click() },
      });
    }),
  );
}

async function createOrg(frame) {
  const name = field("Name", el("input", { class: "input", name: "name", autocomplete: "off", maxlength: "190" }), "What its owner calls it.");
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const zones = knownZones();
  const zone = field("Time zone", select(zones.map((one) => [one, one]), zones.includes(here) ? here : "UTC"), "Times that a tool sends without an offset are in this zone.");
  const made = await ask({
    title: "Create an org",
    content: el("form", { on: { submit: (event) => event.preventDefault() } }, name.node, zone.node),
    action: "Create org",
    work: async () => {
      name.wrong("");
      try {
        return await post("/orgs", { name: name.input.value.trim(), timezone: zone.input.value });
      } catch (error) {
        name.wrong(error.about?.("name"));
        zone.wrong(error.about?.("timezone"));
        throw error;
      }
    },
  });
  if (!made) return;
  await frame.loadOrgs();
  toast(`${made.value.name} was created`);
  location.hash = `#/orgs/${made.value.org}/webhook`;
}
