// The field mapping of an org, for tools with names of their own: JSON pointers into what they send.

import { get, orgPath, put, remove } from "../lib/api.js";
import { el, freshId } from "../lib/dom.js";
import { button } from "../parts/controls.js";
import { card, toast } from "../parts/pieces.js";

const FIELDS = [
  ["customer_email", "Customer’s email"],
  ["customer_name", "Customer’s name"],
  ["customer_phone", "Customer’s phone"],
  ["start_time", "Start time"],
  ["end_time", "End time"],
  ["duration_minutes", "Duration in minutes"],
  ["appointment_type", "Appointment type"],
  ["external_id", "Id of the booking"],
  ["notes", "Notes"],
  ["location", "Location"],
];

/** `changed` is called after each change. `value()` is the mapping, or null for none. */
export function mappingCard({ org, changed }) {
  const path = orgPath(org.org, "mapping");
  const inputs = new Map(
    FIELDS.map(([name]) => [name, el("input", { class: "input mono", id: freshId("map"), autocomplete: "off", spellcheck: "false", placeholder: "/path/in/the/body", on: { change: changed } })]),
  );

  function value() {
    const pairs = FIELDS.map(([name]) => [name, inputs.get(name).value.trim()]).filter(([, pointer]) => pointer);
    return pairs.length > 0 ? Object.fromEntries(pairs) : null;
  }

  function show(mapping) {
    for (const [name, input] of inputs) input.value = mapping?.[name] ?? "";
  }

  async function load() {
    try {
      show((await get(path)).mapping);
    } catch (error) {
      toast(error.message);
    }
  }

  async function save() {
    try {
      const mapping = value();
      await (mapping ? put(path, { mapping }) : remove(path));
      toast(mapping ? "The mapping is saved: it counts from the next webhook on" : "The mapping is removed");
    } catch (error) {
      toast(error.message);
    }
  }

  load();
  return {
    value,
    node: card("Field mapping", {
      about: "Only for tools with names of their own. The result changes as you fill it in.",
      body: el("div", { class: "mapping" }, FIELDS.map(([name, text]) => [el("label", { for: inputs.get(name).id }, text), inputs.get(name)])),
      foot: [el("span", "A place in the body, such as /attendee/mail."), button("Save mapping", save)],
    }),
  };
}
