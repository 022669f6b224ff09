// Counts checks and prints them in the words of tests/lib/checks.sh.

import assert from "node:assert/strict";

let passed = 0;
let failed = 0;
let file = "";

/** Runs all checks of one file. What it throws outside of a check is one that failed. */
export async function inFile(name, work) {
  file = name;
  try {
    await work();
  } catch (error) {
    report("everything before its first check", error);
  }
}

export async function check(text, work) {
  try {
    await work();
    passed += 1;
    console.log(`ok: ${file}: ${text}`);
  } catch (error) {
    report(text, error);
  }
}

function report(text, error) {
  failed += 1;
  console.log(`FAILED: ${file}: ${text}`);
  console.log(String(error.stack ?? error).split("\n").slice(0, 30).map((line) => `    ${line}`).join("\n"));
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed, 0 skipped`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

/** Asks until it is true, and fails if it never was. */
export async function eventually(text, condition, patience = 30_000) {
  const end = Date.now() + patience;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `never: ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export { assert };
