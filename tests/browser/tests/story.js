// The whole story, as a shop owner lives it: sign in, generate, copy, book, see it appear, rotate with
// grace, disable, sign out.

import { assert, check, eventually } from "../support/checks.js";

const OWNER = "owner@example.com";
const PASSWORD = "a password of the owner";

export default async function story({ house, browser }) {
  const org = house.makeBareOrg("Harbour Barbers", "Europe/Lisbon");
  house.makeAdmin(OWNER, PASSWORD, org);
  const window = await browser.freshPage();
  const { page } = window;
  const booking = (id, more = {}) => ({
    customer_email: "maria.santos@example.com",
    customer_name: "Maria Santos",
    start_time: "2030-07-01T09:30:00Z",
    duration_minutes: 45,
    appointment_type: "Cut and beard",
    external_id: id,
    ...more,
  });
  let first = null;
  let second = null;

  const shownSecret = async () => ({
    url: await page.locator(".fresh-secret code").nth(0).textContent(),
    secret: await page.locator(".fresh-secret code").nth(1).textContent(),
    tokenUrl: await page.locator(".fresh-secret code").nth(2).textContent(),
  });

  await check("a wrong password is told so, and lets nobody in", async () => {
    await window.open();
    await page.getByLabel("Email").fill(OWNER);
    await page.getByLabel("Password").fill("not the password");
    await page.keyboard.press("Enter");
    await page.getByText("The email address or the password is wrong.").waitFor();
    assert.equal(await page.locator(".frame").count(), 0);
    await window.picture("01-sign-in");
  });

  await check("signing in leads to the org's webhook", async () => {
    await window.signIn(OWNER, PASSWORD);
    await page.getByRole("heading", { level: 1, name: "Webhook" }).waitFor();
    await page.getByText("Harbour Barbers").first().waitFor();
    assert.equal(await window.nav("Plugins").count(), 0);
    await page.getByText("There is no secret yet").waitFor();
    await window.picture("02-webhook-without-a-secret");
  });

  await check("without appointments the page says what to do", async () => {
    await window.nav("Appointments").click();
    await page.getByText("No appointments yet").waitFor();
    await window.picture("03-no-appointments");
    await window.nav("Webhook").click();
  });

  await check("a generated secret is shown with everything to copy", async () => {
    await window.button("Generate secret").click();
    await page.locator(".fresh-secret").waitFor();
    first = await shownSecret();
    assert.match(first.secret, /^bgs_[\w-]{43}$/);
    assert.ok(first.url.endsWith(`/api/webhooks/appointment/${org}`));
    assert.equal(first.tokenUrl, `${first.url}?token=${first.secret}`);
    await window.picture("04-new-secret");
  });

  await check("copying puts into the clipboard what is shown", async () => {
    const copies = page.locator(".fresh-secret .copy button");
    for (const [i, value] of [first.url, first.secret, first.tokenUrl].entries()) {
      await copies.nth(i).click();
      await page.locator(".fresh-secret .copy.done").nth(0).waitFor();
      assert.equal(await window.clipboard(), value);
    }
  });

  await check("set-up is filled in with this org's URL and the new secret", async () => {
    await page.getByRole("link", { name: "Set up a tool" }).click();
    await page.getByRole("heading", { name: "Set up Calendly" }).waitFor();
    for (const tool of ["Cal.com", "Square", "Acuity", "Zapier", "Make", "n8n", "Any other tool", "Calendly"]) {
      await page.locator(".tools").getByRole("link", { name: tool }).click();
      await page.locator(".steps").waitFor();
      await page.locator(`.tools a[aria-current="true"]`, { hasText: tool }).waitFor();
      const text = await page.locator(".steps").textContent();
      assert.ok(text.includes(first.url), tool);
      assert.ok(text.includes(first.secret), tool);
    }
    await window.picture("05-set-up");
  });

  await check("once it is saved, the secret is nowhere on the page", async () => {
    await window.nav("Webhook").click();
    await window.button("I have saved it").click();
    await page.locator(".fresh-secret").waitFor({ state: "detached" });
    assert.ok(!(await page.content()).includes(first.secret));
    await page.getByText(`${"•".repeat(20)}${first.secret.slice(-4)}`).waitFor();
    const storage = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
    assert.equal(storage, '[{},{},""]');
  });

  await check("a booking that a tool sends appears without reloading", async () => {
    await window.nav("Appointments").click();
    await page.getByText("No appointments yet").waitFor();
    const answer = await house.send(first, booking("b1"));
    assert.equal(answer.status, 200);
    const row = page.locator("tbody tr", { hasText: "Maria Santos" });
    await row.waitFor();
    const cells = await row.locator("td").allInnerTexts();
    assert.match(cells[0], /Maria Santos\s+maria\.santos@example\.com/);
    assert.equal(cells[1].trim(), "Cut and beard");
    // 09:30 UTC is 10:30 on the clocks of Lisbon in summer.
    assert.match(cells[2], /1 Jul 2030, 10:30\s+45 min/);
    assert.equal(cells[3].trim(), "Booked");
    assert.match(cells[5], /just now|\d+ s ago/);
  });

  await check("what happens to it later appears too, and others above it", async () => {
    await house.send(first, booking("b1", { action: "cancelled" }));
    await page.locator("tbody tr", { hasText: "Cancelled" }).waitFor();
    await house.send(first, booking("b2", { customer_name: "João Pires", customer_email: "joao@example.com", appointment_type: "Shave", source: "website" }));
    await house.send(first, booking("b3", { customer_name: "Ann Lee", customer_email: "ann@example.com", start_time: "2030-07-02T15:00:00Z", source: "zapier" }));
    await page.locator("tbody tr", { hasText: "Ann Lee" }).waitFor();
    assert.match(await page.locator("tbody tr").first().innerText(), /Ann Lee/);
    await window.picture("06-appointments");
  });

  await check("a test booking shows the normalized result, and is not stored", async () => {
    await window.nav("Webhook").click();
    await window.button("Send test booking").click();
    await page.getByText("This would be stored.").waitFor();
    await page.locator(".booking", { hasText: "jane@example.com" }).waitFor();
    await window.picture("07-test-booking");
    const { appointments } = (await (await house.signIn(OWNER, PASSWORD)).call("GET", `/orgs/${org}/appointments`)).body;
    assert.equal(appointments.length, 3);
  });

  await check("rotated with grace, old and new both work, and the page says who still uses the old one", async () => {
    await window.button("Rotate…").click();
    await page.getByRole("dialog").waitFor();
    await window.picture("08-rotate");
    await window.button("Rotate secret").click();
    await page.locator(".fresh-secret").waitFor();
    second = await shownSecret();
    assert.notEqual(second.secret, first.secret);
    await page.getByText("Nothing has used it since it was replaced.").waitFor();
    assert.equal((await house.send(second, booking("b2"))).status, 200);
    assert.equal((await house.send(first, booking("b2"))).status, 200);
    await page.getByText("some tool still has to be given the new one").waitFor();
    assert.equal((await house.send({ url: second.url }, booking("b2"), { token: second.secret })).status, 200);
  });

  await check("rotated at once, only the new one works", async () => {
    await window.button("Rotate…").click();
    await page.getByText("Stop the old one at once").click();
    assert.equal(await page.getByLabel("The old one works for").isVisible(), false);
    await window.button("Rotate secret").click();
    await eventually("another secret is shown", async () => (await shownSecret()).secret !== second.secret);
    const third = await shownSecret();
    assert.equal((await house.send(third, booking("b2"))).status, 200);
    assert.equal((await house.send(second, booking("b2"))).status, 401);
    second = third;
  });

  await check("disabling asks first, and can be thought better of", async () => {
    await window.button("Disable…").click();
    await page.getByRole("heading", { name: "Disable the webhook?" }).waitFor();
    await window.button("Cancel").click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal((await house.send(second, booking("b2"))).status, 200);
    await window.button("Disable…").click();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal((await house.send(second, booking("b2"))).status, 200);
  });

  await check("disabled, every request gets 404; a new secret makes it live again", async () => {
    await window.button("Disable…").click();
    await window.button("Disable webhook").click();
    await page.getByText("The webhook is disabled.").waitFor();
    await window.picture("09-disabled");
    assert.equal((await house.send(second, booking("b2"))).status, 404);
    assert.equal((await house.send(first, booking("b2"))).status, 404);
    await window.button("Generate new secret").click();
    await page.locator(".fresh-secret").waitFor();
    second = await shownSecret();
    assert.equal((await house.send(second, booking("b2"))).status, 200);
  });

  await check("what came is listed, by outcome, with dead letters counted", async () => {
    await house.send(second, { event: "invitee.created", payload: { uri: "https://api.calendly.com/scheduled_events/E/invitees/I", email: "no address", name: "No Address" } });
    await house.send(second, { customer_email: "no address", start_time: "soon", phone: "1".repeat(40) });
    await house.send(second, { triggerEvent: "PING" });
    await page.locator(".nav .count", { hasText: "1" }).waitFor();
    await window.nav("Deliveries").click();
    await page.locator("tbody tr", { hasText: "Ignored" }).waitFor();
    await window.picture("10-deliveries");
    await page.locator(".chips").getByRole("link", { name: "Dead letter" }).click();
    // The list of all has it, too, until this one has come.
    await eventually("dead letters alone are listed", async () => (await page.locator("tbody tr").count()) === 1);
    await page.locator("tbody tr", { hasText: "Dead letter" }).waitFor();
    await page.locator(".chips").getByRole("link", { name: "Held" }).click();
    await page.getByText("No deliveries with the outcome “Held”").waitFor();
  });

  await check("a delivery is shown with what is wrong marked where it stands", async () => {
    await page.locator(".chips").getByRole("link", { name: "Refused" }).click();
    await page.locator("tbody tr", { hasText: "Refused" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Delivery" }).waitFor();
    const marked = page.locator(".body-view .line.marked");
    await marked.first().waitFor();
    assert.match((await marked.allInnerTexts()).join("\n"), /customer_email[^]*start_time/);
    await page.getByRole("heading", { name: "History" }).waitFor();
    await window.picture("11-delivery");
  });

  await check("a dead letter is replayed, and its history says so", async () => {
    await window.nav("Deliveries").click();
    await page.locator("tbody tr", { hasText: "Dead letter" }).first().click();
    await window.button("Replay").click();
    await page.locator(".timeline li", { hasText: `Replayed by ${OWNER}` }).waitFor();
  });

  await check("a tool with names of its own is mapped, tried, saved, and what it sent before is replayed", async () => {
    const theirs = { who: { mail: "lena@example.com", called: "Lena Vogt" }, slot: "2030-07-03T08:00:00Z", ref: "m1" };
    assert.equal((await house.send(second, theirs)).status, 422);
    await window.nav("Try a payload").click();
    await page.getByLabel("Body", { exact: true }).fill(JSON.stringify(theirs));
    await window.button("Try it").click();
    await page.getByText("This cannot be used.").waitFor();
    for (const [label, pointer] of [["Customer’s email", "/who/mail"], ["Customer’s name", "/who/called"], ["Start time", "/slot"], ["Id of the booking", "/ref"]]) {
      await page.getByLabel(label).fill(pointer);
      await page.getByLabel(label).press("Tab");
    }
    await page.locator(".booking", { hasText: "Lena Vogt" }).waitFor();
    await page.locator(".booking", { hasText: "m1" }).waitFor();
    await window.picture("11b-mapping");
    await window.button("Save mapping").click();
    await page.getByText("The mapping is saved").first().waitFor();
    await window.nav("Deliveries").click();
    await page.locator("tbody tr", { hasText: "Refused" }).first().click();
    await window.button("Replay").click();
    await page.locator(".badge", { hasText: "Stored" }).waitFor();
    await window.nav("Appointments").click();
    await page.locator("tbody tr", { hasText: "Lena Vogt" }).waitFor();
  });

  await check("a provider's signing key is set and known by its end", async () => {
    await window.nav("Set-up").click();
    await page.locator(".tools").getByRole("link", { name: "Cal.com" }).click();
    await page.getByLabel("Signing key").fill("a signing key of Cal.com, wxyz");
    await window.button("Save signing key").click();
    await page.getByText("one that ends in wxyz is set").waitFor();
    assert.ok(!(await page.content()).includes("a signing key of Cal.com"));
    await window.button("Remove signing key…").click();
    await window.button("Remove signing key").click();
    await page.getByText("one that ends in wxyz is set").waitFor({ state: "detached" });
  });

  await check("any payload can be tried, and the result says what it is", async () => {
    await window.nav("Try a payload").click();
    await window.button("Calendly").click();
    await page.getByText("Recognised as Calendly.").waitFor();
    await page.locator(".booking", { hasText: "First consultation" }).waitFor();
    await window.picture("12-try");
    await page.getByLabel("Body", { exact: true }).fill('{"customer_email":"nobody","start_time":"2030-01-01T10:00:00Z"}');
    await window.button("Try it").click();
    await page.getByText("This cannot be used.").waitFor();
    assert.match(await page.locator(".body-view .line.marked").innerText(), /nobody/);
    await page.getByLabel("Body", { exact: true }).fill("email=ann%40example.com&start=2030-01-01+10%3A00");
    await page.getByLabel("Content type").selectOption("application/x-www-form-urlencoded");
    await window.button("Try it").click();
    await page.getByText("This would be stored.").waitFor();
    // 10:00 on the shop's own clock.
    await page.locator(".booking", { hasText: "1 Jan 2030, 10:00" }).waitFor();
  });

  await check("the audit log says who did all that", async () => {
    await window.nav("Audit log").click();
    await page.locator("tbody tr").first().waitFor();
    const text = await page.locator("tbody").innerText();
    for (const words of ["Signed in", "Generated the webhook’s secret", "works for another 1 day", "stopped working at once", "Disabled the webhook", OWNER]) {
      assert.ok(text.includes(words), words);
    }
    await window.picture("13-audit-log");
  });

  await check("signing out ends the session and forgets everything", async () => {
    const cookies = await browser.context.cookies();
    assert.equal(cookies.length, 1);
    assert.ok(cookies[0].httpOnly);
    assert.equal(cookies[0].sameSite, "Strict");
    await window.button("Sign out").click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    assert.equal((await browser.context.cookies()).length, 0);
    assert.ok(!(await page.content()).includes(second.secret));
    await page.goBack();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  await check("the installation's admin sees all orgs, and makes one", async () => {
    await window.open("#/");
    await window.signIn();
    await page.getByRole("heading", { level: 1, name: "Orgs" }).waitFor();
    await page.locator("tbody tr", { hasText: "Harbour Barbers" }).waitFor();
    await window.picture("14-orgs");
    await window.button("Create org").click();
    await page.getByRole("dialog").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Create org" }).click();
    await page.getByRole("dialog").getByText("must have 1 to 190 bytes").first().waitFor();
    await page.getByLabel("Name").fill("Second & Sons");
    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    await page.getByRole("dialog").getByRole("button", { name: "Create org" }).click();
    await page.getByRole("heading", { level: 1, name: "Webhook" }).waitFor();
    await page.locator(".org-switch", { hasText: "Second & Sons" }).waitFor();
    await window.button("Generate secret").click();
    await page.locator(".fresh-secret").waitFor();
    assert.equal((await house.send(await shownSecret(), booking("t1"))).status, 200);
  });

  await check("the installation's admin sees the plugins and the sign-ins", async () => {
    await window.nav("Plugins").click();
    await page.locator(".plugin", { hasText: "Calendly" }).waitFor();
    assert.equal(await page.locator(".plugin .badge", { hasText: "Loaded" }).count(), 5);
    await window.picture("15-plugins");
    await window.nav("Sign-ins").click();
    await page.locator("tbody tr", { hasText: house.admin_email }).first().waitFor();
    await window.picture("16-sign-ins");
  });

  await check("nothing was asked elsewhere, thrown or forbidden on the way", () => window.checkFaults());
  await window.close();
}
