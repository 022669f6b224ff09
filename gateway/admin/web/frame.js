// The frame around all views: finding one's way, and which view is on.

import { get, orgPath } from "./lib/api.js";
import { append, el, fill } from "./lib/dom.js";
import { icon } from "./lib/icons.js";
import { poll } from "./lib/poll.js";
import { toast } from "./parts/pieces.js";
import { seesInstallation, session, signOut } from "./session.js";
import { appointmentsView } from "./views/appointments.js";
import { auditView, signInsView } from "./views/audit.js";
import { deliveriesView } from "./views/deliveries.js";
import { deliveryView } from "./views/delivery.js";
import { orgsView } from "./views/orgs.js";
import { pluginsView } from "./views/plugins.js";
import { setUpView } from "./views/set_up.js";
import { tryView } from "./views/try.js";
import { webhookView } from "./views/webhook.js";

const COUNT_PAUSE = 5000;

const OF_ORG = [
  ["webhook", "Webhook", "webhook"],
  ["set-up", "Set-up", "tools"],
  ["try", "Try a payload", "flask"],
  ["appointments", "Appointments", "calendar"],
  ["deliveries", "Deliveries", "inbox"],
  ["audit", "Audit log", "clock"],
];

const OF_INSTALLATION = [
  ["orgs", "Orgs", "building"],
  ["plugins", "Plugins", "plug"],
  ["sign-ins", "Sign-ins", "people"],
];

const ORG_VIEWS = {
  webhook: webhookView,
  "set-up": setUpView,
  try: tryView,
  appointments: appointmentsView,
  deliveries: deliveriesView,
  audit: auditView,
};

const INSTALLATION_VIEWS = { orgs: orgsView, plugins: pluginsView, "sign-ins": signInsView };

/** "#/orgs/ID/deliveries/ID2?outcome=dead" in parts. */
function readPlace() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const parts = path.split("/").filter(Boolean).map(decodeURIComponent);
  return { parts, query: new URLSearchParams(query) };
}

export class Frame {
  constructor(signedOut) {
    this.signedOut = signedOut;
    this.orgs = [];
    this.org = null;
    this.view = null;
    this.stopCounting = () => {};
    this.side = el("header", { class: "side" });
    this.main = el("main", { class: "main", id: "main" });
    this.node = el(
      "div",
      { class: "frame" },
      el("a", { class: "skip", href: "#main", on: { click: (event) => this.skip(event) } }, "Skip to the content"),
      this.side,
      this.main,
    );
    this.onHash = () => this.show();
    this.onResize = () => this.revealCurrent();
    window.addEventListener("hashchange", this.onHash);
    window.addEventListener("resize", this.onResize);
  }

  dispose() {
    window.removeEventListener("hashchange", this.onHash);
    window.removeEventListener("resize", this.onResize);
    this.stopCounting();
    this.view?.dispose?.();
  }

  skip(event) {
    event.preventDefault();
    this.heading?.focus();
  }

  async start() {
    await this.loadOrgs();
    if (readPlace().parts.length === 0) location.replace(this.home());
    else this.show();
  }

  async loadOrgs() {
    try {
      this.orgs = (await get("/orgs")).orgs;
    } catch (error) {
      // The views say what is wrong; without a list there is only nothing to choose from.
      if (error.status !== 401) toast(error.message);
    }
  }

  home() {
    const only = this.orgs.length === 1 ? this.orgs[0] : null;
    return only ? `#/orgs/${only.org}/webhook` : "#/orgs";
  }

  async show() {
    const { parts, query } = readPlace();
    this.view?.dispose?.();
    this.view = null;
    if (parts[0] === "orgs" && parts.length > 1) {
      await this.showOrgView(parts, query);
    } else {
      this.showInstallationView(parts, query);
    }
  }

  async showOrgView([, org, name = "webhook", id], query) {
    if (!this.orgs.some((known) => known.org === org)) await this.loadOrgs();
    const found = this.orgs.find((known) => known.org === org);
    const make = name === "deliveries" && id ? deliveryView : ORG_VIEWS[name];
    if (!found || !make) return location.replace(this.home());
    this.enterOrg(found);
    this.place(name, make({ frame: this, org: found, id, query }));
  }

  showInstallationView([name], query) {
    const make = INSTALLATION_VIEWS[name];
    if (!make || !seesInstallation()) return location.replace(this.home());
    this.place(name, make({ frame: this, query }));
  }

  /** The org that the navigation is about. Its dead letters are counted as long as it is that. */
  enterOrg(org) {
    const isNew = this.org?.org !== org.org;
    this.org = org;
    if (!isNew) return;
    this.stopCounting();
    this.dead = 0;
    this.stopCounting = poll(COUNT_PAUSE, () => this.countDeadLetters());
  }

  async countDeadLetters() {
    const org = this.org;
    const { counts } = await get(`${orgPath(org.org, "deliveries")}?outcome=dead&limit=1`);
    if (org !== this.org || this.dead === counts.dead) return;
    this.dead = counts.dead;
    this.fillSide();
  }

  place(name, view) {
    this.name = name;
    this.view = view;
    this.fillSide();
    this.heading = el("h1", { tabindex: "-1" }, view.title);
    fill(
      this.main,
      el(
        "div",
        { class: "column rise" },
        this.crumbs(view),
        el("div", { class: "head" }, el("div", this.heading, view.about && el("p", view.about)), view.aside),
        view.node,
      ),
    );
    document.title = `${view.title} · ${this.org?.name ?? "Bookgate"}`;
    window.scrollTo(0, 0);
    if (this.shownBefore) this.heading.focus();
    this.shownBefore = true;
  }

  crumbs(view) {
    const isOfOrg = view.ofInstallation !== true;
    const words = isOfOrg ? ["Settings", "Integrations", "Appointment Webhook"] : ["Settings", "Installation"];
    return el("nav", { class: "crumbs", "aria-label": "Where you are" }, el("ol", words.map((word) => el("li", word))));
  }

  fillSide() {
    const scrolled = this.side.querySelector(".nav")?.scrollLeft ?? 0;
    const focused = this.side.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    const nav = el("nav", { class: "nav", "aria-label": "Settings" });
    if (this.org) append(nav, [this.navGroup("Appointment Webhook", OF_ORG, `#/orgs/${this.org.org}/`)]);
    if (seesInstallation()) append(nav, [this.navGroup("Installation", OF_INSTALLATION, "#/")]);
    fill(this.side, this.brand(), this.org && this.orgSwitch(), nav, this.account());
    nav.scrollLeft = scrolled;
    // Counting anew must not take the focus from whoever is at a link with the keyboard.
    if (focused) [...this.side.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
    this.revealCurrent();
  }

  /** On a phone the bar is wider than the screen. */
  revealCurrent() {
    const nav = this.side.querySelector(".nav");
    const current = nav?.querySelector("[aria-current]");
    if (!current || nav.scrollWidth <= nav.clientWidth) return;
    const { left, right } = current.getBoundingClientRect();
    const bounds = nav.getBoundingClientRect();
    if (left < bounds.left || right > bounds.right) nav.scrollLeft += left - bounds.left - 16;
  }

  brand() {
    return el("a", { class: "brand", href: this.home() }, el("img", { src: "icon.svg", alt: "" }), "Bookgate");
  }

  orgSwitch() {
    const content = [
      el("span", { class: "monogram", "aria-hidden": "true" }, [...this.org.name][0].toUpperCase()),
      el("span", { class: "names" }, el("strong", this.org.name), el("small", this.org.timezone)),
    ];
    if (!seesInstallation()) return el("div", { class: "org-switch" }, content);
    const aim = el("span", { class: "visually-hidden" }, "Choose another org");
    return el("a", { class: "org-switch", href: "#/orgs" }, content, aim, icon("chevrons"));
  }

  navGroup(title, items, base) {
    return el(
      "div",
      el("h2", title),
      el(
        "ul",
        items.map(([name, text, glyph]) =>
          el(
            "li",
            el(
              "a",
              { href: base + name, "aria-current": this.name === name ? "page" : null },
              icon(glyph),
              text,
              name === "deliveries" && this.dead > 0 && this.deadCount(),
            ),
          ),
        ),
      ),
    );
  }

  deadCount() {
    const words = this.dead === 1 ? "dead letter" : "dead letters";
    return el("span", { class: "count", title: `${this.dead} ${words}` }, this.dead, el("span", { class: "visually-hidden" }, ` ${words}`));
  }

  account() {
    const leave = async () => {
      try {
        await signOut();
        this.signedOut();
      } catch (error) {
        toast(error.message);
      }
    };
    return el(
      "div",
      { class: "account" },
      el("p", { title: session().email }, session().email),
      el("button", { type: "button", class: "link", on: { click: leave } }, "Sign out"),
    );
  }
}
