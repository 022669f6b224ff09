// The last appointments that were received, as they come.

import { get, orgPath } from "../lib/api.js";
import { el, fill } from "../lib/dom.js";
import { poll } from "../lib/poll.js";
import { ago, at } from "../lib/time.js";
import { linkButton } from "../parts/controls.js";
import { empty, failed, loading, row, table } from "../parts/pieces.js";
import { providerName } from "../names.js";
import { statusBadge } from "../outcomes.js";

const PAUSE = 2000;
const COLUMNS = ["Customer", "Type", "Starts", "Status", "Source", "Received"];

export function appointmentsView({ org }) {
  const place = el("div", { class: "card" }, loading());
  const live = el("span", { class: "live", role: "status" }, "Live");
  let shown = null;

  async function load() {
    const { appointments } = await get(`${orgPath(org.org, "appointments")}?limit=20`);
    setLive(true);
    const text = JSON.stringify(appointments);
    if (shown?.text === text) return;
    const before = shown?.ids;
    shown = { text, ids: new Set(appointments.map((one) => one.appointment_id)) };
    fill(place, appointments.length === 0 ? none() : list(appointments, before));
  }

  function setLive(works) {
    live.classList.toggle("stalled", !works);
    live.textContent = works ? "Live" : "Connection lost, trying again";
  }

  function none() {
    return empty(
      "calendar",
      "No appointments yet",
      "The first booking that your tool sends appears here by itself.",
      linkButton("Set up a tool", `#/orgs/${org.org}/set-up`, "main-action"),
      linkButton("Send a test", `#/orgs/${org.org}/webhook`),
    );
  }

  function list(appointments, before) {
    return table(
      "Recent appointments",
      COLUMNS,
      appointments.map((one) => appointmentRow(one, before && !before.has(one.appointment_id))),
    );
  }

  function appointmentRow(one, isFresh) {
    const reach = one.customer_email ?? one.customer_phone;
    return row(
      COLUMNS,
      [
        one.customer_name ? [one.customer_name, el("span", { class: "second" }, reach)] : reach,
        one.appointment_type,
        one.start_time && [at(one.start_time, org.timezone), one.duration_minutes !== null && el("span", { class: "second" }, `${one.duration_minutes} min`)],
        statusBadge(one.status),
        providerName(one.source),
        { content: one.received_at && ago(one.received_at, org.timezone), kind: "nowrap" },
      ],
      { class: isFresh ? "fresh" : null },
    );
  }

  const stop = poll(PAUSE, load, (error) => {
    setLive(false);
    if (!shown) fill(place, failed(error, () => load().catch(() => {})));
  });
  return {
    title: "Appointments",
    about: `The last 20 that were received. Times are in ${org.timezone}.`,
    aside: live,
    node: place,
    dispose: stop,
  };
}
