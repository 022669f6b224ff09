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

  await check("without capabilities there is no part for them", async () => {
    await window.show(place("set-up?tool=calendly"), "Set-up");
    await page.locator(".steps").waitFor();
    assert.equal(await page.getByText("Connect Calendly").count(), 0);
    await window.show(place("try"), "Try a payload");
    assert.equal(await page.getByText("Field mapping").count(), 0);
  });

  await check("nothing was asked elsewhere, thrown or forbidden on the way", () => window.checkFaults());
  await window.close();
  await withCapabilities({ house, browser, shop, place, json });
}

/** A server that can do everything, played over the real one: the page's parts for what it names. */
async function withCapabilities({ house, browser, shop, place, json }) {
  const window = await browser.freshPage();
  const { page } = window;
  const calls = [];
  await page.route(`${API}/session`, async (route) => {
    const answer = await route.fetch();
    if (answer.status() !== 200) return route.fulfill({ response: answer });
    return route.fulfill({ response: answer, json: { ...(await answer.json()), capabilities: ["replay", "mapping", "backfill"] } });
  });
  const connected = { credential: { set: false, hint: null }, signing_key: { set: true, hint: "wxyz" }, registration: { scopes: ["webhooks:write", "users:read"] }, subscription: { state: "none" } };
  await page.route(`${API}/orgs/*/providers`, async (route) => {
    const document = await (await route.fetch()).json();
    for (const provider of document.providers) if (provider.provider === "calendly") Object.assign(provider, structuredClone(connected));
    await json(route, document);
  });
  await page.route(`${API}/orgs/*/providers/**`, (route) => {
    const request = route.request();
    const action = new URL(request.url()).pathname.split("/providers/")[1];
    calls.push([request.method(), action, request.postDataJSON()]);
    if (action.endsWith("credential")) connected.credential = { set: request.method() === "PUT", hint: "1234" };
    if (action.endsWith("/register")) connected.subscription = { state: "active", checked_at: new Date().toISOString(), events: ["invitee.created"] };
    if (action.endsWith("/unregister")) connected.subscription = { state: "none" };
    return json(route, {});
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

  await check("a token is set, the webhook registered, what was missed fetched, and the webhook removed", async () => {
    await window.show(place("set-up?tool=calendly"), "Set-up");
    await page.getByText("Connect Calendly").waitFor();
    await page.locator("code", { hasText: "webhooks:write" }).waitFor();
    await window.picture("23-connect");
    assert.equal(await window.button("Register webhook with Calendly").count(), 0);
    await window.button("Save API token").click();
    await page.getByText("Enter the API token.").waitFor();
    await page.getByLabel("API token").fill("token-1234");
    await window.button("Save API token").click();
    await page.getByText("The API token is saved").first().waitFor();
    called("PUT", "calendly/credential", { value: "token-1234" });
    assert.ok(!(await page.content()).includes("token-1234"));
    await window.button("Register webhook with Calendly").click();
    await page.getByText("The webhook is registered with Calendly").first().waitFor();
    called("POST", "calendly/register", null);
    await page.locator(".badge", { hasText: "Registered" }).waitFor();
    await page.getByLabel("How far back").selectOption("1");
    await window.button("Fetch").click();
    await page.getByText("Fetching what was missed").first().waitFor();
    assert.equal(calls.at(-1)[1], "calendly/backfill");
    assert.ok(Math.abs(Date.parse(calls.at(-1)[2].since) - (Date.now() - 86_400_000)) < 600_000);
    await window.button("Remove…").click();
    await window.button("Remove webhook").click();
    await page.locator(".badge", { hasText: "Not registered" }).waitFor();
    called("POST", "calendly/unregister", null);
  });

  await check("a subscription that the provider switched off is told of", async () => {
    connected.subscription = { state: "disabled", checked_at: new Date().toISOString() };
    await window.show(place("set-up?tool=calcom"), "Set-up");
    await window.show(place("set-up?tool=calendly"), "Set-up");
    await page.getByText("Calendly has switched the webhook off.").waitFor();
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
