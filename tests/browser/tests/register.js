// An owner lets Bookgate register the webhook by itself, in public and against a provider's API that
// is played by a fake: signed bookings come in, the provider switches the webhook off, it is put back,
// and what was missed is fetched.

import { createHmac } from "node:crypto";
import { assert, check, eventually } from "../support/checks.js";
import { FakeProvider, openPublicHouse } from "../support/public_house.js";

const OWNER = "registrar@example.com";
const PASSWORD = "a password of the registrar";

const HOOKS = "webhook_subscriptions";

/** What Calendly sends to the URL that was registered: no secret, but a signature. */
async function sendSigned({ callback_url, signing_key }, invitee, email) {
  const body = JSON.stringify({
    event: "invitee.created",
    created_at: "2026-05-06T09:30:01.000000Z",
    payload: {
      uri: `https://api.calendly.com/scheduled_events/e-${invitee}/invitees/${invitee}`,
      email,
      name: "Mara Quinn",
      status: "active",
      timezone: "Europe/Lisbon",
      rescheduled: false,
      questions_and_answers: [],
      created_at: "2026-05-06T09:30:00.120000Z",
      updated_at: "2026-05-06T09:30:00.250001Z",
      scheduled_event: {
        uri: `https://api.calendly.com/scheduled_events/e-${invitee}`,
        name: "Colour",
        status: "active",
        start_time: "2030-05-20T14:00:00.000000Z",
        end_time: "2030-05-20T14:45:00.000000Z",
      },
    },
  });
  const time = Math.floor(Date.now() / 1000);
  const signature = createHmac("sha256", signing_key).update(`${time}.${body}`).digest("hex");
  const headers = { "Content-Type": "application/json", "Calendly-Webhook-Signature": `t=${time},v1=${signature}` };
  return fetch(callback_url, { method: "POST", headers, body });
}

/** One that was booked while nobody was told: Calendly lists it. */
function missedMeeting(id) {
  const uri = `https://api.calendly.com/scheduled_events/${id}`;
  const made = new Date().toISOString();
  return {
    name: "Blow-dry",
    status: "active",
    start_time: "2030-06-20T14:00:00.000000Z",
    end_time: "2030-06-20T14:45:00.000000Z",
    event_memberships: [],
    event_guests: [],
    created_at: made,
    updated_at: made,
    invitees: [
      { uri: `${uri}/invitees/i-${id}`, email: `${id}@example.com`, name: "Missed Guest", status: "active", timezone: "UTC", rescheduled: false, questions_and_answers: [], no_show: null, created_at: made, updated_at: made },
    ],
  };
}

export default async function register({ house: plain, browser, folder }) {
  const api = await FakeProvider.start("calendly");
  try {
    const house = await openPublicHouse({ house: plain, folder, provider: "calendly", api });
    try {
      await story({ house, browser, api });
    } finally {
      await house.stop();
    }
  } finally {
    api.stop();
  }
}

async function story({ house, browser, api }) {
  const org = house.makeBareOrg("Salon Rosa", "Europe/Lisbon");
  house.makeAdmin(OWNER, PASSWORD, org);
  const window = await browser.freshPage(house);
  const { page } = window;
  const setUp = `#/orgs/${org}/set-up?tool=calendly`;
  const hookOf = async () => (await api.all(HOOKS))[0];

  await check("over HTTPS the session is in a cookie that is bound to this host", async () => {
    await window.open();
    await window.signIn(OWNER, PASSWORD);
    const [cookie, ...others] = await browser.context.cookies();
    assert.equal(others.length, 0);
    assert.equal(cookie.name, "__Host-bookgate");
    assert.ok(cookie.secure && cookie.httpOnly && cookie.sameSite === "Strict");
  });

  await check("a webhook that is disabled is not registered, and why is said", async () => {
    house.command(["secret", "generate", org]);
    house.command(["secret", "disable", org]);
    await window.show(setUp, "Set-up");
    await page.getByText("The webhook is disabled, so that its URL answers 404.").waitFor();
    house.command(["secret", "generate", org]);
    await page.reload();
    await page.getByText("Save an API token first").waitFor();
  });

  await check("a token that the provider refuses is told so, and nothing is registered", async () => {
    assert.equal(await window.button("Register webhook with Calendly").count(), 0);
    for (const scope of ["users:read", "scheduled_events:read", "webhooks:read", "webhooks:write"]) {
      await page.locator("code", { hasText: scope }).waitFor();
    }
    await page.getByLabel("API token").fill("wrong-token");
    await window.button("Save API token").click();
    await window.button("Register webhook with Calendly").click();
    await page.getByText(/401.*Save another one/).first().waitFor();
    assert.deepEqual(await api.all(HOOKS), []);
  });

  await check("one click registers the webhook", async () => {
    await page.getByLabel("API token").fill("right-token");
    await window.button("Replace API token").click();
    await page.getByText("The API token is saved").first().waitFor();
    await window.button("Register webhook with Calendly").click();
    await page.locator(".badge", { hasText: "Registered" }).waitFor();
    await page.getByText("invitee.created, invitee.canceled").waitFor();
    await page.getByText("Not needed while the webhook is registered.").waitFor();
    const [hook, ...others] = await api.all(HOOKS);
    assert.equal(others.length, 0);
    assert.equal(hook.callback_url, `${house.origin}/api/webhooks/appointment/${org}/calendly`);
    assert.ok(!(await page.content()).includes(hook.signing_key));
    await window.picture("40-registered");
  });

  await check("what Calendly signs comes in without a token, and what nobody signs does not", async () => {
    const hook = await hookOf();
    assert.equal((await sendSigned(hook, "one", "mara.quinn@example.com")).status, 200);
    assert.equal((await sendSigned({ ...hook, signing_key: "x".repeat(43) }, "two", "eve@example.com")).status, 401);
    await window.nav("Appointments").click();
    await page.locator("tbody tr", { hasText: "mara.quinn@example.com" }).waitFor();
    assert.equal(await page.locator("tbody tr").count(), 1);
  });

  await check("that the provider has switched it off is told, with what to do", async () => {
    const hook = await hookOf();
    await api.put(HOOKS, "hook-1", { ...hook, state: "disabled" });
    assert.equal(house.command(["webhook", "status", org, "calendly"]).state, "disabled");
    await window.show(setUp, "Set-up");
    await page.getByText("Calendly has switched the webhook off.").waitFor();
    await page.getByText("Bookings may be missing.").waitFor();
    await window.picture("41-switched-off");
  });

  await check("registered again, it is one subscription, and what was missed is offered", async () => {
    await window.button("Register again").click();
    await page.locator(".badge", { hasText: "Registered" }).waitFor();
    await page.getByText("Bookings may be missing.").waitFor();
    const [hook, ...others] = await api.all(HOOKS);
    assert.equal(others.length, 0);
    assert.equal(hook.state, "active");
  });

  await check("what was missed is fetched, and then nothing is missing any more", async () => {
    for (const id of ["a", "b", "c"]) await api.put("scheduled_events", id, missedMeeting(id));
    await window.button("Fetch them").click();
    await page.getByText("3 bookings found, 3 new appointments.").waitFor();
    await page.getByText("Bookings may be missing.").waitFor({ state: "detached" });
    await window.picture("42-fetched");
    await window.nav("Appointments").click();
    await page.locator("tbody tr", { hasText: "Missed Guest" }).first().waitFor();
    assert.equal(await page.locator("tbody tr").count(), 4);
  });

  await check("fetching again finds nothing new", async () => {
    await window.show(setUp, "Set-up");
    await page.getByLabel("How far back").selectOption("30");
    await window.button("Fetch", { exact: true }).click();
    await page.getByText("3 bookings found, 0 new appointments.").waitFor();
  });

  await check("an API that is away is told, and what was fetched stays", async () => {
    await api.control("POST", "script", { status: 503 });
    await window.button("Fetch", { exact: true }).click();
    await page.getByText("Not everything was fetched.").waitFor();
    await window.button("Register again").click();
    await page.getByText(/status 503.*Try again later/).first().waitFor();
    await api.control("DELETE", "script");
  });

  await check("removing asks first; then nothing is at Calendly, and its signatures count no more", async () => {
    const hook = await hookOf();
    await window.button("Remove webhook…").click();
    await window.button("Cancel").click();
    assert.equal((await api.all(HOOKS)).length, 1);
    await window.button("Remove webhook…").click();
    await window.button("Remove webhook").click();
    await page.locator(".badge", { hasText: "Not registered" }).waitFor();
    assert.deepEqual(await api.all(HOOKS), []);
    assert.equal((await sendSigned(hook, "three", "mara.quinn@example.com")).status, 401);
  });

  await check("the audit log says who did it", async () => {
    await window.nav("Audit log").click();
    for (const words of ["Registered the webhook with calendly", "Fetched what was missed from calendly", "Removed the webhook from calendly"]) {
      await page.locator("tbody tr", { hasText: words }).filter({ hasText: OWNER }).first().waitFor();
    }
  });

  await check("nothing was asked elsewhere, thrown or forbidden on the way", () => window.checkFaults());
  await window.close();
  await eventually("no tab is left", async () => browser.context.pages().length <= 1);
}
