// What views look like when things are not as they should be: loading, failed, signed out while open,
// and what appears only where the server says that it can do it.

import { assert, check } from "../support/checks.js";

const API = "**/api/admin/v1";

export default async function states({ house, browser }) {
  const shop = await house.makeOrg("State shop");
  const window = await browser.freshPage();
  const { page } = window;
  const place = (view) => `#/orgs/${shop.org}/${view}`;
  await window.open();
  await window.signIn();

  const json = (route, document) => route.fulfill({ status: 200, contentType: "application/json", body: JSON.stringify(document) });

  for (const view of ["webhook", "set-up", "appointments", "deliveries", "audit"]) {
    await check(`${view} says that it is loading, then that it cannot be, and can be tried again`, async () => {
      let release;
      const held = new Promise((resolve) => (release = resolve));
      const pattern = `${API}/orgs/${shop.org}/**`;
      await page.route(pattern, async (route) => {
        await held;
        await route.abort();
      });
      await window.open(place(view));
      await page.locator('.main [aria-busy="true"]').waitFor();
      release();
      await page.locator(".main").getByText("This could not be loaded").waitFor();
      await page.getByText("The server cannot be reached.").first().waitFor();
      if (view === "appointments") await window.picture("20-failed");
      await page.unroute(pattern);
      await window.button("Try again").click();
      await page.getByText("This could not be loaded").waitFor({ state: "detached" });
      await page.locator(".main .card").first().waitFor();
    });
  }

  await check("a list that was there stays while the connection is lost, and says so", async () => {
    await house.send(shop, { customer_email: "ann@example.com", external_id: "s1" });
    await window.open(place("appointments"));
    await page.locator("tbody tr").first().waitFor();
    await page.route(`${API}/orgs/**`, (route) => route.abort());
    await page.getByText("Connection lost, trying again").waitFor();
    assert.equal(await page.locator("tbody tr").count(), 1);
    await page.unroute(`${API}/orgs/**`);
    await page.getByText("Live", { exact: true }).waitFor();
  });

  await check("a server without its database is told of in words", async () => {
    const problem = { type: "urn:bookgate:problem:unavailable", title: "Temporarily unavailable", status: 503 };
    await page.route(`${API}/orgs/${shop.org}/audit*`, (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify(problem) }));
    await window.open(place("audit"));
    await page.getByText("most likely because its database is away").waitFor();
    await page.unroute(`${API}/orgs/${shop.org}/audit*`);
  });

  await check("signed out while open, the page asks to sign in again and goes on where it was", async () => {
    await window.show(place("try"), "Try a payload");
    await page.getByLabel("Body", { exact: true }).fill('{"customer_email":"ann@example.com"}');
    await browser.context.clearCookies();
    await window.button("Try it").click();
    const dialog = page.getByRole("dialog", { name: "You were signed out" });
    await dialog.waitFor();
    await window.picture("21-signed-out");
    await page.keyboard.press("Escape");
    assert.ok(await dialog.isVisible());
    await dialog.getByLabel("Password").fill(house.admin_password);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(await page.getByLabel("Body", { exact: true }).inputValue(), '{"customer_email":"ann@example.com"}');
    await window.button("Try it").click();
    await page.getByText("This would be stored.").waitFor();
  });

  await check("another org's address, or no view's, leads home", async () => {
    await window.open("#/orgs/aaaaaaaaaaaaaaaa/webhook");
    await page.getByRole("heading", { level: 1, name: "Orgs" }).waitFor();
    await window.open("#/nonsense");
    await page.getByRole("heading", { level: 1, name: "Orgs" }).waitFor();
    await window.open(place("nonsense"));
    await page.getByRole("heading", { level: 1, name: "Orgs" }).waitFor();
  });

  await check("a plugin that was refused says why", async () => {
    await page.route(`${API}/plugins`, async (route) => {
      const document = await (await route.fetch()).json();
      Object.assign(document.plugins[0], { state: "refused", name: null, version: null, abi: null, sha256: null, problems: ["The file can be changed by others: chmod go-w it."] });
      Object.assign(document.plugins[1].health, { translated: 12, failed: 2, last_failure: "puts_not_json", last_failed_at: new Date().toISOString() });
      await json(route, document);
    });
    await window.open("#/plugins");
    await page.getByText("The file can be changed by others: chmod go-w it.").waitFor();
    await page.locator(".plugin", { hasText: "2 failed" }).waitFor();
    await window.picture("22-plugins-with-problems");
    await page.unroute(`${API}/plugins`);
  });

  await check("what a server does not name has no part on the page", async () => {
    await page.route(`${API}/orgs/*/providers`, async (route) => {
      const document = await (await route.fetch()).json();
      for (const provider of document.providers) Object.assign(provider, { credential: null, signing_key: null, registration: null, subscription: null, backfill: null });
      await json(route, document);
    });
    await page.route(`${API}/session`, async (route) => {
      const answer = await route.fetch();
      return route.fulfill({ response: answer, json: { ...(await answer.json()), capabilities: [] } });
    });
    const dead = await house.send(shop, { event: "invitee.created", payload: { email: "x" } });
    await window.open();
    await page.reload();
    await window.show(place("set-up?tool=calendly"), "Set-up");
    await page.locator(".steps").waitFor();
    assert.equal(await page.getByText("Connect Calendly").count(), 0);
    await window.show(place("try"), "Try a payload");
    assert.equal(await page.getByText("Field mapping").count(), 0);
    await window.show(place(`deliveries/${dead.body.delivery_id}`), "Delivery");
    await page.getByRole("heading", { name: "History" }).waitFor();
    assert.equal(await window.button("Replay").count(), 0);
  });

  await check("nothing was asked elsewhere, thrown or forbidden on the way", () => window.checkFaults());
  await window.close();
  await withCapabilities({ house, browser, shop, place, json });
}

/** A server that can also register webhooks and fetch what was missed, played over the real one. */
async function withCapabilities({ house, browser, shop, place, json }) {
  const window = await browser.freshPage();
  const { page } = window;
  const calls = [];
  await page.route(`${API}/session`, async (route) => {
    const answer = await route.fetch();
    if (answer.status() !== 200) return route.fulfill({ response: answer });
    return route.fulfill({ response: answer, json: { ...(await answer.json()), capabilities: ["replay", "mapping"] } });
  });
  const now = new Date().toISOString();
  const subscription = { state: "active", url: "https://hooks.example.com/x", events: ["invitee.created"], registered_at: now, checked_at: now, missed_since: null };
  const connected = {
    credential: { set: true, hint: "1234", set_at: now, scopes: [] },
    signing_key: { set: true, hint: "wxyz", set_at: now, required: false, previous_expires_at: null },
    registration: { can_unregister: true, obstacle: null },
    subscription: null,
    backfill: { last: null },
  };
  await page.route(`${API}/orgs/*/providers`, async (route) => {
    const document = await (await route.fetch()).json();
    for (const provider of document.providers) if (provider.provider === "calendly") Object.assign(provider, structuredClone(connected));
    await json(route, document);
  });
  await page.route(`${API}/orgs/*/providers/**`, (route) => {
    const request = route.request();
    const action = new URL(request.url()).pathname.split("/providers/")[1];
    calls.push([request.method(), action, request.postDataJSON()]);
    if (action.endsWith("/subscription")) return json(route, { subscription: connected.subscription });
    if (action.endsWith("/backfill")) return json(route, { backfill: connected.backfill.last });
    if (action.endsWith("/register")) connected.subscription = subscription;
    return json(route, { provider: {}, warnings: ["Do this <b>by hand</b> yet."] });
  });
  await page.route(`${API}/orgs/*/mapping`, (route) => {
    calls.push([route.request().method(), "mapping", route.request().postDataJSON()]);
    return json(route, { mapping: { customer_email: "/who/mail" } });
  });
  await page.route(`${API}/orgs/*/try`, (route) => {
    const { mapping, ...sent } = route.request().postDataJSON();
    calls.push(["POST", "try", mapping]);
    return route.continue({ postData: JSON.stringify(sent) });
  });
  await page.route(`${API}/orgs/*/deliveries/*/replay`, (route) => {
    calls.push([route.request().method(), "replay", route.request().postDataJSON()]);
    return json(route, {});
  });
  const called = (...call) => assert.deepEqual(calls.at(-1), call);

  await window.open();
  await window.signIn();

  const showConnection = async () => {
    await window.show(place("set-up?tool=calcom"), "Set-up");
    await window.show(place("set-up?tool=calendly"), "Set-up");
    await page.getByText("Connect Calendly").waitFor();
  };

  await check("where nobody can reach the gateway, registering is not offered, and why is said", async () => {
    connected.registration.obstacle = "This gateway has no public address.";
    await showConnection();
    await page.getByText("This gateway has no public address.").waitFor();
    assert.equal(await window.button("Register webhook with Calendly").count(), 0);
    connected.registration.obstacle = null;
  });

  await check("what is left to do after registering is said, as text", async () => {
    await showConnection();
    await window.button("Register webhook with Calendly").click();
    await page.getByText("Do this <b>by hand</b> yet.").waitFor();
    await page.locator(".badge", { hasText: "Registered" }).waitFor();
  });

  await check("a webhook that somebody has removed at the provider is told of", async () => {
    connected.subscription = { ...subscription, state: "missing", missed_since: now };
    await showConnection();
    await page.getByText("The webhook is not at Calendly any more.").waitFor();
  });

  await check("a fetching that goes on elsewhere is watched to its end", async () => {
    const running = { state: "running", since: now, until: now, started_at: now, pages: 1, bookings: 1, created: 1, pages_with_changes: 1, unusable: 0, reason: null };
    connected.subscription = null;
    connected.backfill.last = running;
    await showConnection();
    await page.getByText("1 booking found, 1 new appointment.").waitFor();
    await window.picture("23-fetching");
    connected.backfill.last = { ...running, state: "failed", bookings: 7, unusable: 2, reason: "Calendly <i>is away</i>." };
    await page.getByText("Calendly <i>is away</i>.").waitFor();
    await page.getByText("2 could not be used").waitFor();
  });

  await check("a mapping is loaded, tried as it changes, and saved", async () => {
    await window.show(place("try"), "Try a payload");
    await page.getByText("Field mapping").waitFor();
    await page.waitForFunction(() => [...document.querySelectorAll(".mapping input")].some((input) => input.value === "/who/mail"));
    await page.getByLabel("Body", { exact: true }).fill('{"customer_email":"ann@example.com"}');
    await page.getByLabel("Start time").fill("/when");
    await page.getByLabel("Start time").press("Tab");
    await page.getByText("This would be stored.").waitFor();
    called("POST", "try", { customer_email: "/who/mail", start_time: "/when" });
    await window.picture("24-mapping");
    await window.button("Save mapping").click();
    await page.getByText("The mapping is saved").first().waitFor();
    called("PUT", "mapping", { mapping: { customer_email: "/who/mail", start_time: "/when" } });
  });

  await check("a dead letter is replayed", async () => {
    const dead = await house.send(shop, { event: "invitee.created", payload: { email: "x" } });
    await window.show(place(`deliveries/${dead.body.delivery_id}`), "Delivery");
    await window.button("Replay").click();
    await page.getByText("Replayed", { exact: true }).first().waitFor();
    called("POST", "replay", null);
    const stored = await house.send(shop, { customer_email: "ann@example.com", external_id: "r1" });
    await window.show(place("webhook"), "Webhook");
    await window.show(place(`deliveries/${stored.body.delivery_id}`), "Delivery");
    await page.getByRole("heading", { name: "History" }).waitFor();
    assert.equal(await window.button("Replay").count(), 0);
  });

  await check("nothing was asked elsewhere, thrown or forbidden on the way, either", () => window.checkFaults());
  await window.close();
}
