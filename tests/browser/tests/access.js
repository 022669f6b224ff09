// For everybody: axe-core finds nothing serious on any view, in any look, and the keyboard is enough.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { assert, check } from "../support/checks.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function checkWithAxe(page, what) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const serious = violations.filter((one) => ["serious", "critical", "moderate"].includes(one.impact));
  assert.deepEqual(
    serious.map((one) => `${one.id} (${one.impact}): ${one.nodes.map((node) => node.html).slice(0, 3).join(" ; ")}`),
    [],
    what,
  );
}

export default async function access({ house, browser }) {
  const shop = await house.makeOrg("Open shop", "Europe/Lisbon");
  await house.send(shop, { customer_email: "ann@example.com", customer_name: "Ann", external_id: "a", start_time: "2030-01-01T10:00:00Z" });
  await house.send(shop, { customer_email: "ann@example.com", external_id: "a", action: "no_show" });
  await house.send(shop, { triggerEvent: "PING" });
  await house.send(shop, { event: "invitee.created", payload: { email: "x" } });
  const refused = await house.send(shop, { customer_email: "ann" });
  const window = await browser.freshPage();
  const { page } = window;
  const place = (view) => `#/orgs/${shop.org}/${view}`;

  const inEachLook = (what) => window.inEachLook((look) => checkWithAxe(page, `${what}, ${look}`));

  await check("axe-core finds nothing on the sign-in page", async () => {
    await window.open();
    await page.getByLabel("Password").waitFor();
    await page.keyboard.press("Enter");
    await inEachLook("sign in");
  });

  await check("signing in takes the keyboard alone", async () => {
    await page.getByLabel("Email").focus();
    await page.keyboard.type(house.admin_email);
    await page.keyboard.press("Tab");
    await page.keyboard.type(house.admin_password);
    await page.keyboard.press("Enter");
    await page.locator(".frame h1").waitFor();
  });

  const views = [
    ["#/orgs", "Orgs", "tbody tr"],
    [place("webhook"), "Webhook", ".secret-line"],
    [place("set-up?tool=zapier"), "Set-up", ".steps"],
    [place("try"), "Try a payload", "textarea"],
    [place("appointments"), "Appointments", "tbody tr"],
    [place("deliveries"), "Deliveries", "tbody tr"],
    [place(`deliveries/${refused.body.delivery_id}`), "Delivery", ".body-view"],
    [place("audit"), "Audit log", ".card"],
    ["#/plugins", "Plugins", ".plugin"],
    ["#/sign-ins", "Sign-ins", "tbody tr"],
  ];
  for (const [where, heading, sign] of views) {
    await check(`axe-core finds nothing on ${heading}`, async () => {
      await window.show(where, heading);
      await page.locator(sign).first().waitFor();
      await inEachLook(heading);
    });
  }

  await check("axe-core finds nothing on results, dialogs and new secrets", async () => {
    await window.show(place("try"), "Try a payload");
    await window.button("Acuity").click();
    await page.getByText("This would be held.").waitFor();
    await inEachLook("a held result");
    await window.button("Plain JSON").click();
    await page.locator(".booking").waitFor();
    await inEachLook("a stored result");
    await window.show(place("webhook"), "Webhook");
    await window.button("Rotate…").click();
    await page.getByRole("dialog").waitFor();
    await inEachLook("the dialog");
    await window.button("Rotate secret").click();
    await page.locator(".fresh-secret").waitFor();
    await inEachLook("a new secret");
    await window.button("Disable…").click();
    await page.getByRole("dialog").waitFor();
    await inEachLook("the question before disabling");
    await window.button("Cancel").click();
  });

  await check("a dialog keeps the focus inside, and gives it back", async () => {
    await window.show(place("webhook"), "Webhook");
    await window.button("Rotate…").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    for (let i = 0; i < 8; i += 1) {
      await page.keyboard.press("Tab");
      const isInside = await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog") !== null);
      assert.ok(isInside);
    }
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.match(await page.evaluate(() => document.activeElement.textContent), /Rotate/);
  });

  await check("the content can be skipped to, and a new view takes the focus to its heading", async () => {
    await window.open();
    await page.reload();
    await page.locator(".frame h1").waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.localName), "h1");
    await window.show(place("webhook"), "Webhook");
    await page.getByRole("link", { name: "Deliveries" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Deliveries" }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Deliveries");
    assert.equal(await page.title(), "Deliveries · Open shop");
  });

  await check("everything that can be pressed can be reached with the keyboard, and is seen to be", async () => {
    for (const [where, heading, sign] of views) {
      await window.show(where, heading);
      await page.locator(sign).first().waitFor();
      const wanted = await page.locator("a[href]:visible, button:visible, input:visible, select:visible, textarea:visible").count();
      const seen = new Set();
      await page.evaluate(() => document.activeElement.blur());
      for (let i = 0; i < wanted + 5; i += 1) {
        await page.keyboard.press("Tab");
        const key = await page.evaluate(() => {
          const node = document.activeElement;
          if (node === document.body) return null;
          node.dataset.reached ??= String(Math.random());
          const { outlineStyle, outlineWidth } = getComputedStyle(node);
          return [node.dataset.reached, outlineStyle !== "none" && parseFloat(outlineWidth) > 0, node.outerHTML];
        });
        if (!key) continue;
        assert.ok(key[1], `no focus ring: ${key[2]}`);
        seen.add(key[0]);
      }
      assert.ok(seen.size >= wanted, `${heading}: reached ${seen.size} of ${wanted}`);
    }
  });

  await check("text can be twice as large on a narrow window", async () => {
    await page.setViewportSize({ width: 640, height: 900 });
    for (const [where, heading, sign] of views) {
      await window.show(where, heading);
      await page.locator(sign).first().waitFor();
      await page.evaluate(() => {
        document.documentElement.style.zoom = "2";
      });
      const out = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(out <= 0, `${heading} sticks out by ${out}`);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  await check("nothing was asked elsewhere, thrown or forbidden on the way", () => window.checkFaults());
  await window.close();
}
