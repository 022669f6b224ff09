// A second Bookgate on the same database, as it is run in public: it serves HTTPS, providers can reach
// its address, and one provider's API is a fake on this machine.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { eventually } from "./checks.js";
import { House } from "./house.js";

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** One of tests/fakes. */
export class FakeProvider {
  static async start(name) {
    const script = fileURLToPath(new URL(`../../fakes/${name}.mjs`, import.meta.url));
    const process = spawn("node", [script], { stdio: ["ignore", "pipe", "inherit"] });
    for await (const line of createInterface(process.stdout)) return new FakeProvider(process, JSON.parse(line).port);
    throw new Error(`the fake of ${name} did not start`);
  }

  constructor(process, port) {
    this.process = process;
    this.url = `http://127.0.0.1:${port}`;
  }

  async control(method, path, body) {
    const answer = await fetch(`${this.url}/_control/${path}`, { method, body: body && JSON.stringify(body) });
    return answer.json();
  }

  put(collection, id, thing) {
    return this.control("PUT", `objects/${collection}/${id}`, thing);
  }

  all(collection) {
    return this.control("GET", `objects/${collection}`);
  }

  stop() {
    this.process.kill();
  }
}

/** The text with that key set in a section that it has. */
function withKey(toml, section, key, value) {
  const lines = toml.split("\n");
  const start = lines.findIndex((line) => line.trim() === `[${section}]`);
  const length = lines.slice(start + 1).findIndex((line) => line.trim().startsWith("["));
  const end = length < 0 ? lines.length : start + 1 + length;
  const kept = lines.slice(start + 1, end).filter((line) => !line.match(`^\\s*${key}\\s*=`));
  return [...lines.slice(0, start + 1), `${key} = ${JSON.stringify(value)}`, ...kept, ...lines.slice(end)].join("\n");
}

export async function openPublicHouse({ house, folder, provider, api }) {
  const [port, opsPort] = [await freePort(), await freePort()];
  const origin = `https://127.0.0.1:${port}`;
  const settings = [
    ["server", "listen", `127.0.0.1:${port}`],
    ["server", "ops_listen", `127.0.0.1:${opsPort}`],
    ["server", "public_url", origin],
    ["server", "tls_certificate", `${folder}/certificate.pem`],
    ["server", "tls_key", `${folder}/key.pem`],
    [`plugins.${provider}`, "lookup_base_url", api.url],
  ];
  const config = `${folder}/public.toml`;
  writeFileSync(config, settings.reduce((toml, setting) => withKey(toml, ...setting), readFileSync(house.config, "utf8")));
  const process = spawn(house.bookgate, ["--config", config, "serve"], { stdio: "ignore" });
  const isReady = () => fetch(`http://127.0.0.1:${opsPort}/readyz`).then(({ ok }) => ok, () => false);
  await eventually("the public gateway serves", isReady);
  const opened = new House({ ...house, config, admin_url: `${origin}/admin/` });
  opened.stop = async () => {
    const ended = once(process, "exit");
    process.kill("SIGTERM");
    await ended;
  };
  return opened;
}
