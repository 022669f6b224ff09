// A body with the places of its problems marked.

import { bodyLines, lineOf } from "../lib/body_lines.js";
import { el } from "../lib/dom.js";

const MOST_LINES = 5000;

/** What is wrong stands under the line that it is about; what is about none stands above. */
export function bodyView(body, contentType, problems = []) {
  const lines = bodyLines(body, contentType);
  const said = new Map();
  for (const problem of problems.filter((one) => one.in === "body")) {
    const at = lineOf(lines, problem.pointer);
    if (at < 0 || at >= MOST_LINES) continue;
    said.set(at, [...(said.get(at) ?? []), problem]);
  }
  const shown = lines.slice(0, MOST_LINES).flatMap((line, i) => [
    el("span", { class: said.has(i) ? "line marked" : "line" }, line.text || " "),
    (said.get(i) ?? []).map((problem) => el("span", { class: "said" }, problemSentence(problem, line.pointer))),
  ]);
  if (lines.length > MOST_LINES) shown.push(el("span", { class: "line" }, `… and ${lines.length - MOST_LINES} more lines`));
  return el("pre", { class: "body-view", tabindex: "0", role: "region", "aria-label": "The body, line by line" }, shown);
}

/** Where it is wrong is said unless the line says it itself. */
function problemSentence(problem, pointer) {
  return problem.pointer === pointer || problem.pointer === "" ? problem.message : `${problem.pointer} ${problem.message}`;
}

export function problemList(problems) {
  return el(
    "ul",
    { class: "problems" },
    problems.map((problem) =>
      el("li", el("code", problem.pointer || (problem.in === "body" ? "the whole body" : problem.in)), el("span", problem.message)),
    ),
  );
}
