// The Bookgate that the tests run on: its webhooks as tools use them, its API as the page does.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export function openHouse(folder) {
  return new House(JSON.parse(readFileSync(`${folder}/bookgate.json`, "utf8")));
}

export class House {
  constructor(facts) {
    Object.assign(this, facts);
    this.origin = new URL(facts.admin_url).origin;
  }

  /** A command of bookgate's; gives the JSON that it prints. */
  command(arguments_, input = "") {
    const out = execFileSync(this.bookgate, ["--config", this.config, ...arguments_, "--json"], { input, encoding: "utf8" });
    return JSON.parse(out);
  }

  /** A new org with a secret. Made through the API, so that the gateway knows it at once. */
  async makeOrg(name, timezone = "UTC") {
    const admin = await this.signIn();
    const { org } = (await admin.call("POST", "/orgs", { name, timezone })).body;
    return { org, ...(await admin.call("POST", `/orgs/${org}/webhook/generate`)).body };
  }

  /** A new org without one. */
  makeBareOrg(name, timezone = "UTC") {
    return this.command(["org", "create", "--name", name, "--timezone", timezone]).org;
  }

  makeAdmin(email, password, org) {
    this.command(["admin", "create", email, ...(org ? ["--org", org] : [])], `${password}\n`);
  }

  /** As a tool sends it. */
  async send({ url, secret }, body, { path = "", headers = {}, token = null } = {}) {
    const answer = await fetch(url + path + (token ? `?token=${token}` : ""), {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(secret && { Authorization: `Bearer ${secret}` }), ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  }

  /** The API, signed in. */
  async signIn(email = this.admin_email, password = this.admin_password) {
    const client = new Client(this.origin);
    await client.signIn(email, password);
    return client;
  }
}

export class Client {
  constructor(origin) {
    this.base = `${origin}/api/admin/v1`;
    this.cookie = "";
    this.csrf = "";
  }

  async signIn(email, password) {
    const answer = await this.call("POST", "/session", { email, password });
    this.cookie = answer.headers.get("set-cookie").split(";")[0];
    this.csrf = answer.body.csrf_token;
    return answer;
  }

  async call(method, path, body) {
    const headers = { Cookie: this.cookie, "X-Bookgate-Csrf": this.csrf };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const answer = await fetch(this.base + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : null };
  }
}
