// Modules of the page that need no browser.

import { bodyLines, lineOf } from "../../../gateway/admin/web/lib/body_lines.js";
import { distance, inZone } from "../../../gateway/admin/web/lib/time.js";
import { GUIDES } from "../../../gateway/admin/web/guides.js";
import { graceWords, spanWords } from "../../../gateway/admin/web/audit_words.js";
import { sampleOf } from "../../../gateway/admin/web/samples.js";
import { assert, check } from "../support/checks.js";

const texts = (body, type = "application/json") => bodyLines(body, type).map((line) => line.text);
const pointers = (body, type = "application/json") => bodyLines(body, type).map((line) => line.pointer);

export default async function modules({ house }) {
  await check("JSON is laid out without changing a value", () => {
    assert.deepEqual(texts('{"a":12345678901234567890,"b":[1.10,"x\\u0041\\n"],"c":{},"d":[]}'), [
      "{",
      '  "a": 12345678901234567890,',
      '  "b": [',
      "    1.10,",
      '    "x\\u0041\\n"',
      "  ],",
      '  "c": {},',
      '  "d": []',
      "}",
    ]);
    assert.deepEqual(texts(" 7 "), ["7"]);
    assert.deepEqual(texts('{"a":"}{,:[]\\"\\\\"}'), ["{", '  "a": "}{,:[]\\"\\\\"', "}"]);
  });

  await check("each line knows its place", () => {
    const body = '{"a":{"b/c":[1,{"d~":2}]},"e":""}';
    assert.deepEqual(pointers(body), ["", "/a", "/a/b~1c", "/a/b~1c/0", "/a/b~1c/1", "/a/b~1c/1/d~0", null, null, null, "/e", null]);
    const lines = bodyLines(body, "");
    assert.equal(lineOf(lines, "/a/b~1c/1/d~0"), 5);
    assert.equal(lineOf(lines, "/a/x/y"), 1);
    assert.equal(lineOf(lines, "/nothing"), 0);
  });

  await check("forms become a line a field, and anything else stays as it is", () => {
    const type = "application/x-www-form-urlencoded; charset=utf-8";
    assert.deepEqual(texts("a=1&b%5Bc%5D=x+y&a=2", type), ["a = 1", "b[c] = x y", "a = 2"]);
    assert.equal(lineOf(bodyLines("a=1&b=2", type), "/b"), 1);
    assert.deepEqual(texts('{"a":', "application/json"), ['{"a":']);
    assert.equal(lineOf(bodyLines('{"a":', ""), "/a"), -1);
    assert.deepEqual(texts("one\r\ntwo\nthree", "text/plain"), ["one", "two", "three"]);
  });

  await check("distances are in words", () => {
    const now = Date.parse("2030-01-02T03:04:05Z");
    const at = (seconds) => distance(new Date(now + seconds * 1000).toISOString(), now);
    assert.deepEqual([-1, -30, -180, -7200, -86400, -86400 * 3, -86400 * 60, 3700].map(at), [
      "just now",
      "30 s ago",
      "3 min ago",
      "2 h ago",
      "1 day ago",
      "3 days ago",
      "2 months ago",
      "in 1 h",
    ]);
  });

  await check("times are on the clocks of the zone that is named", () => {
    assert.match(inZone("2030-07-01T08:00:00Z", "Europe/Lisbon"), /1 Jul 2030.*09:00/);
    assert.match(inZone("2030-07-01T23:30:00Z", "Asia/Tokyo"), /2 Jul 2030.*08:30/);
    assert.match(inZone("2030-07-01T08:00:00Z", "Not/AZone"), /08:00/);
  });

  await check("spans are in words", () => {
    assert.equal(spanWords(3600), "1 hour");
    assert.equal(spanWords(604800), "7 days");
    assert.equal(spanWords(90), "2 minutes");
    assert.match(graceWords(0), /at once/);
  });

  await check("every sample is recognised, and none is refused", async () => {
    const admin = await house.signIn();
    for (const provider of ["generic", "calendly", "calcom", "square", "acuity"]) {
      const sample = sampleOf(provider);
      const { status, body } = await admin.call("POST", `/orgs/${house.org}/try`, { content_type: sample.contentType, body: sample.body, provider: sample.provider || null });
      assert.equal(status, 200);
      assert.equal(body.provider, provider);
      assert.ok(["stored", "held"].includes(body.outcome), `${provider}: ${JSON.stringify(body)}`);
      assert.deepEqual(body.problems, []);
    }
  });

  await check("every guide has the URL or a form of it to copy", () => {
    const place = { url: "https://example.com/hook", token: "SECRET", tokenUrl: "https://example.com/hook?token=SECRET" };
    for (const guide of GUIDES) {
      const copied = guide.steps(place).flatMap((step) => step.copy ?? []).map(([, value]) => value);
      assert.ok(copied.some((value) => value.includes(place.url)), guide.id);
      assert.ok(copied.some((value) => value.includes("SECRET")), guide.id);
    }
  });

  await check("a command to copy is one that a shell takes", async () => {
    const { execFileSync } = await import("node:child_process");
    const place = { url: house.url, token: "SECRET", tokenUrl: `${house.url}?token=SECRET` };
    const commands = GUIDES.flatMap((guide) => guide.steps(place)).flatMap((step) => step.copy ?? []).filter(([label]) => label === "Command");
    assert.ok(commands.length > 0);
    for (const [, command] of commands) execFileSync("bash", ["-n", "-c", command]);
  });
}
