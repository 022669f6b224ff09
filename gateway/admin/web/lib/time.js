// Points in time, as people read them.

import { el } from "./dom.js";

const STEPS = [
  [60, 1, "second"],
  [3600, 60, "minute"],
  [86400, 3600, "hour"],
  [86400 * 30, 86400, "day"],
  [86400 * 365, 86400 * 30, "month"],
  [Infinity, 86400 * 365, "year"],
];

const SHORT = { second: "s", minute: "min", hour: "h" };

/** "just now", "3 min ago", "in 2 days". */
export function distance(instant, now = Date.now()) {
  const seconds = Math.round((Date.parse(instant) - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 5) return "just now";
  const [, unit, name] = STEPS.find(([below]) => size < below);
  const amount = Math.floor(size / unit);
  const text = SHORT[name] ? `${amount} ${SHORT[name]}` : `${amount} ${name}${amount === 1 ? "" : "s"}`;
  return seconds < 0 ? `${text} ago` : `in ${text}`;
}

/** "Thu, 6 Jun 2030, 09:08" on the clocks of that zone; with `withZone` also which zone that is. */
export function inZone(instant, zone, withZone = false) {
  const options = {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
  };
  if (withZone) options.timeZoneName = "short";
  try {
    return new Intl.DateTimeFormat("en-GB", options).format(new Date(instant));
  } catch {
    // A zone that this browser does not know.
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC", timeZoneName: "short" }).format(
      new Date(instant),
    );
  }
}

/** An element that says how long ago it was, and goes on being right; the exact time is its title. */
export function ago(instant, zone) {
  return el("time", { datetime: instant, title: inZone(instant, zone, true), "data-distance": true }, distance(instant));
}

/** An element with date and time in that zone. */
export function at(instant, zone) {
  return el("time", { datetime: instant, title: inZone(instant, zone, true) }, inZone(instant, zone));
}

/** Keeps what `ago` made right. Started once. */
export function keepTimesRight() {
  setInterval(() => {
    for (const time of document.querySelectorAll("time[data-distance]")) {
      const text = distance(time.getAttribute("datetime"));
      if (time.textContent !== text) time.textContent = text;
    }
  }, 5000);
}

/** Names of time zones that browsers know, UTC among them. */
export function knownZones() {
  const zones = Intl.supportedValuesOf ? Intl.supportedValuesOf("timeZone") : [];
  return zones.includes("UTC") ? zones : ["UTC", ...zones];
}
