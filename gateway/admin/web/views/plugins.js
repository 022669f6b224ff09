// The plugins of the installation: what is loaded, how it fares, and why something is not.

import { get } from "../lib/api.js";
import { el, fill } from "../lib/dom.js";
import { poll } from "../lib/poll.js";
import { ago } from "../lib/time.js";
import { badge, empty, facts, failed, loading, note } from "../parts/pieces.js";

const PAUSE = 5000;

const STATES = { loaded: ["Loaded", "good"], refused: ["Refused", "bad"], disabled: ["Disabled", ""] };

const ISOLATIONS = { "in-process": "In the gateway’s process", process: "In a sandboxed process of its own" };

export function pluginsView() {
  const place = el("div", { class: "card" }, loading());
  let shown = "";

  async function load() {
    const { plugins } = await get("/plugins");
    const text = JSON.stringify(plugins);
    if (text === shown) return;
    shown = text;
    fill(place, plugins.length === 0 ? none() : plugins.map(pluginPart));
  }

  const none = () => empty("plug", "No plugins", "The configuration names none: add a [plugins.NAME] section to bookgate.toml.");
  const stop = poll(PAUSE, load, (error) => shown || fill(place, failed(error, () => load().catch(() => {}))));
  return {
    ofInstallation: true,
    title: "Plugins",
    about: "They translate what each calendar tool sends. Enable and disable them in bookgate.toml.",
    node: place,
    dispose: stop,
  };
}

function pluginPart(plugin) {
  const label = plugin.state === "loaded" ? "The file by now was refused: " : "";
  return el(
    "section",
    { class: "plugin" },
    el("div", { class: "title" }, el("h2", plugin.name ?? plugin.provider), badge(...STATES[plugin.state])),
    plugin.problems.length > 0 && note("bad", label && el("strong", label), plugin.problems.map((problem) => el("p", problem))),
    facts([
      ["Provider", el("code", plugin.provider)],
      ["Version", plugin.version && `${plugin.version} (ABI ${plugin.abi})`],
      ["Isolation", ISOLATIONS[plugin.isolation]],
      ["Health", plugin.state === "loaded" ? healthWords(plugin.health) : null],
      ["File", el("code", plugin.file)],
      ["SHA-256", plugin.sha256 && el("code", plugin.sha256)],
    ]),
  );
}

function healthWords({ translated, failed: failures, last_failure, last_failed_at }) {
  if (translated === 0) return "Nothing to do since the gateway started";
  const all = `${translated} ${translated === 1 ? "delivery" : "deliveries"} since the gateway started, `;
  if (failures === 0) return `${all}none failed`;
  return [all, badge(`${failures} failed`, "bad"), ` last ${last_failure.replaceAll("_", " ")}, `, ago(last_failed_at, "UTC")];
}
