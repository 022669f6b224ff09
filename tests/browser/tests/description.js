// schemas/openapi.yaml and the server agree: every route answers as it is described, with exactly the
// members that are named, and takes exactly what is described. That the description has all routes is
// tests/unit/admin's business.

import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import { parse } from "yaml";
import { Client } from "../support/house.js";
import { assert, check } from "../support/checks.js";

const FILE = new URL("../../../schemas/openapi.yaml", import.meta.url);
const description = parse(readFileSync(FILE, "utf8"));
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(description, "openapi");

/** Follows a local $ref. */
const resolve = (node) => (node?.$ref ? node.$ref.slice(2).split("/").reduce((at, key) => at[key], description) : node);

/** A schema of the description, compiled where its references can be followed. */
function validatorAt(pointer) {
  return ajv.getSchema(`openapi#${pointer}`) ?? ajv.compile({ $ref: `openapi#${pointer}` });
}

const escape = (key) => key.replaceAll("~", "~0").replaceAll("/", "~1");

function checkDocument(pointer, document) {
  const validate = validatorAt(pointer);
  assert.ok(validate(document), `${pointer}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(document)}`);
}

/** Where the schema of that answer is, or null if the answer has no body. */
function schemaOf(path, method, status) {
  const { responses } = description.paths[path][method];
  const key = responses[status] ? String(status) : "default";
  assert.ok(responses[key], `${method} ${path} describes no ${status}`);
  const place = responses[key].$ref ? responses[key].$ref.slice(1) : `/paths/${escape(path)}/${method}/responses/${key}`;
  const { content } = resolve(responses[key]);
  if (!content) return null;
  return `${place}/content/${escape(Object.keys(content)[0])}/schema`;
}

export default async function api({ house }) {
  const admin = await house.signIn();
  const { org, url, secret } = await house.makeOrg("Described");
  const shop = { url, secret };
  await house.send(shop, { customer_email: "ann@example.com", start_time: "2030-01-01T10:00:00Z", external_id: "a" });
  const refused = await house.send(shop, { customer_email: "ann" }, { headers: { "X-Nothing": "1" } });

  const fill = (path) => path.replace("{org}", org).replace("{id}", refused.body.delivery_id).replace("{p}", "calendly");

  const called = new Set();

  async function answered(method, path, status, body, client = admin) {
    called.add(`${method} ${path}`);
    const answer = await client.call(method.toUpperCase(), fill(path), body);
    assert.equal(answer.status, status, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    const schema = schemaOf(path, method, status);
    if (schema) checkDocument(schema, answer.body);
    else assert.equal(answer.body, null);
    return answer.body;
  }

  await check("it is a description that its readers understand", () => {
    assert.equal(description.openapi, "3.1.0");
    for (const [path, item] of Object.entries(description.paths)) {
      for (const name of path.match(/\{\w+\}/g) ?? []) {
        const named = item.parameters.map(resolve).some((one) => one.in === "path" && `{${one.name}}` === name);
        assert.ok(named, `${path} does not describe ${name}`);
      }
    }
    for (const name of Object.keys(description.components.schemas)) validatorAt(`/components/schemas/${name}`);
  });

  const reads = Object.entries(description.paths).filter(([, item]) => item.get);
  for (const [path] of reads) {
    await check(`GET ${path} answers as described`, async () => {
      await answered("get", path, 200);
      await answered("get", path, 401, undefined, new Client(house.origin));
    });
  }

  await check("what is listed is not empty, so that its members were compared", async () => {
    const counts = {
      "/orgs": "orgs",
      "/orgs/{org}/appointments": "appointments",
      "/orgs/{org}/deliveries": "deliveries",
      "/orgs/{org}/providers": "providers",
      "/audit": "entries",
      "/plugins": "plugins",
    };
    for (const [path, member] of Object.entries(counts)) {
      const document = await answered("get", path, 200);
      assert.ok(document[member].length > 0, path);
    }
    const details = await answered("get", "/orgs/{org}/deliveries/{id}", 200);
    assert.ok(details.problems.length > 0 && details.history.length > 0);
  });

  await check("every parameter of a query is taken, and wrong values are described refusals", async () => {
    for (const [path, item] of reads) {
      for (const parameter of (item.get.parameters ?? []).map(resolve)) {
        const good = { limit: 1, before: path.endsWith("deliveries") ? refused.body.delivery_id : 1_000_000, outcome: "dead" }[parameter.name];
        const client = path === "/session" ? new Client(house.origin) : admin;
        const well = await client.call("GET", `${fill(path)}?${parameter.name}=${good}`);
        assert.equal(well.status, 200, `${path}?${parameter.name}`);
        checkDocument(schemaOf(path, "get", 200), well.body);
        const ill = await admin.call("GET", `${fill(path)}?${parameter.name}=nonsense`);
        assert.equal(ill.status, 400, `${path}?${parameter.name}=nonsense`);
        checkDocument(schemaOf(path, "get", 400), ill.body);
      }
    }
  });

  await check("signing in and out answer as described", async () => {
    const client = new Client(house.origin);
    const document = await answered("post", "/session", 200, { email: house.admin_email, password: house.admin_password }, client);
    await answered("post", "/session", 401, { email: "nobody@example.com", password: "x" }, client);
    await client.signIn(house.admin_email, house.admin_password);
    assert.equal(document.role, "installation");
    await answered("delete", "/session", 204, undefined, client);
  });

  await check("the webhook's life answers as described", async () => {
    await answered("post", "/orgs/{org}/webhook/generate", 409);
    await answered("post", "/orgs/{org}/webhook/rotate", 200, { grace_seconds: 60 });
    const rotated = await answered("get", "/orgs/{org}/webhook", 200);
    assert.notEqual(rotated.previous, null);
    await answered("post", "/orgs/{org}/webhook/disable", 200);
    await answered("post", "/orgs/{org}/webhook/disable", 409);
    await answered("post", "/orgs/{org}/webhook/generate", 200);
  });

  await check("dry runs of all kinds answer as described", async () => {
    const bodies = [
      { customer_email: "ann@example.com", answers: [{ question: "q", answer: "a" }] },
      { customer_email: "ann" },
      { triggerEvent: "PING" },
      { event: "invitee.created", payload: {} },
    ];
    for (const body of bodies) await answered("post", "/orgs/{org}/try", 200, { body: JSON.stringify(body) });
  });

  await check("replaying and forgetting answer as described", async () => {
    await answered("post", "/orgs/{org}/deliveries/{id}/replay", 200);
    for (const path of ["/orgs/{org}/mapping", "/orgs/{org}/providers/{p}/credential", "/orgs/{org}/providers/{p}/signing-key"]) {
      await answered("delete", path, 200);
    }
  });

  await check("what cannot be done here is refused as described", async () => {
    // No provider reaches a gateway at http://127.0.0.1.
    await answered("post", "/orgs/{org}/providers/{p}/register", 409);
    await answered("post", "/orgs/{org}/providers/{p}/unregister", 409);
  });

  await check("every route was called", () => {
    for (const [path, item] of Object.entries(description.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        if (operation.responses && !operation.requestBody) assert.ok(called.has(`${method} ${path}`), `${method} ${path}`);
      }
    }
  });

  for (const [path, item] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const content = operation.requestBody?.content?.["application/json"];
      if (!content) continue;
      await check(`${method.toUpperCase()} ${path} takes what is described, and no more`, async () => {
        const { schema } = content;
        const example = content.example ?? { email: house.admin_email, password: house.admin_password };
        assert.deepEqual(Object.keys(example).filter((name) => !schema.properties[name]), [], "the example has more than is described");
        const client = path === "/session" ? new Client(house.origin) : admin;
        const well = await client.call(method.toUpperCase(), fill(path), example);
        assert.ok(well.status < 300, JSON.stringify(well.body));
        await answered(method, path, 422, { ...example, surplus: 1 });
        for (const name of schema.required ?? []) {
          const { [name]: _, ...rest } = example;
          const problem = await answered(method, path, 422, rest);
          assert.equal(problem.errors[0].pointer, `/${name}`);
        }
        for (const name of Object.keys(schema.properties)) {
          const problem = await answered(method, path, 422, { ...example, [name]: { wrong: true } });
          assert.ok(problem.errors.some((error) => error.pointer === `/${name}`), `${name} is not read`);
        }
      });
    }
  }
}
