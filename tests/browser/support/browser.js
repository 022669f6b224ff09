// Chromium, and what tests do with it. Whatever a page asks for elsewhere, throws, or is forbidden by
// its Content-Security-Policy fails the test that ends next.

import { mkdtempSync } from "node:fs";
import { chromium } from "playwright-core";
import { assert } from "./checks.js";

const ARGUMENTS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const LOOKS = [
  ["light", { colorScheme: "light" }, { width: 1280, height: 900 }],
  ["dark", { colorScheme: "dark" }, { width: 1280, height: 900 }],
  ["phone", { colorScheme: "light" }, { width: 390, height: 844 }],
];

export async function openBrowser(folder, house) {
  const isRoot = process.getuid() === 0;
  const context = await chromium.launchPersistentContext(mkdtempSync(`${folder}/profile-`), {
    executablePath: "/usr/bin/chromium",
    headless: true,
    args: isRoot ? ["--no-sandbox", ...ARGUMENTS] : ARGUMENTS,
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ignoreHTTPSErrors: true, // Nobody vouches for the certificate that tests/browser/run makes.
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(15_000);
  return new Browser(context, house);
}

class Browser {
  constructor(context, house) {
    this.context = context;
    this.house = house;
  }

  close() {
    return this.context.close();
  }

  /** A window that nobody is signed in to. */
  async freshPage(house = this.house) {
    await this.context.clearCookies();
    const page = await this.context.newPage();
    const faults = [];
    const ours = (url) => url.startsWith(house.origin) || url.startsWith("data:");
    page.on("request", (request) => ours(request.url()) || faults.push(`asked elsewhere: ${request.url()}`));
    page.on("pageerror", (error) => faults.push(`threw: ${error.stack}`));
    page.on("dialog", (dialog) => {
      faults.push(`opened a dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    page.on("console", (message) => {
      // A failed call is an error to the console, and an ordinary thing to the page.
      const isCall = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !isCall) faults.push(`console: ${message.text()}`);
    });
    return new Window(page, house, faults);
  }
}

export class Window {
  constructor(page, house, faults) {
    this.page = page;
    this.house = house;
    this.faults = faults;
  }

  checkFaults() {
    assert.deepEqual(this.faults.splice(0), []);
  }

  async close() {
    await this.page.close();
    this.checkFaults();
  }

  async open(place = "") {
    await this.page.goto(this.house.admin_url + place);
  }

  async signIn(email = this.house.admin_email, password = this.house.admin_password) {
    await this.page.getByLabel("Email").fill(email);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
    await this.page.locator(".frame h1").waitFor();
  }

  /** Shows a view; its heading is there when this returns. */
  async show(place, heading) {
    await this.open(place);
    await this.page.getByRole("heading", { level: 1, name: heading }).waitFor();
  }

  /** A place of the navigation. */
  nav(name) {
    return this.page.locator(".nav").getByRole("link", { name });
  }

  button(name, options) {
    return this.page.getByRole("button", { name, exact: true, ...options });
  }

  /** What the last copy button put into the clipboard. */
  clipboard() {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Does something in each look: light, dark, and on a phone. */
  async inEachLook(work) {
    for (const [name, media, size] of LOOKS) {
      await this.page.emulateMedia(media);
      await this.page.setViewportSize(size);
      await work(name);
    }
    await this.page.emulateMedia(LOOKS[0][1]);
    await this.page.setViewportSize(LOOKS[0][2]);
  }

  /** A picture in each look; nothing may stick out sideways. */
  async picture(name) {
    await this.inEachLook(async (look) => {
      await this.page.screenshot({ path: `${process.env.BOOKGATE_SCREENSHOTS}/${name}-${look}.png`, fullPage: true });
      const out = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(out, 0, `${name} sticks out in the look ${look}`);
    });
  }
}
