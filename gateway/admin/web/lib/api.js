// Calls of /api/admin/v1. schemas/openapi.yaml describes them.

const BASE = "/api/admin/v1";

let csrfToken = "";

/** From the session's document; every change sends it along. */
export function useCsrfToken(token) {
  csrfToken = token;
}

/** A call that did not work, with words for whoever looks at the page. */
export class CallError extends Error {
  constructor(status, problem) {
    super(wordsFor(status, problem));
    this.status = status;
    this.errors = problem.errors ?? [];
  }

  /** What is wrong with one member of what was sent, or undefined. */
  about(member) {
    return this.errors.find((error) => error.pointer === `/${member}`)?.message;
  }
}

function wordsFor(status, problem) {
  if (status === 0) return "The server cannot be reached. Is your connection up?";
  if (status === 503) return "The server cannot answer right now, most likely because its database is away.";
  return problem.detail || problem.title || `The server answered with ${status}.`;
}

/** Gives the answer's document, or null where there is none; throws a CallError. */
export async function call(method, path, body) {
  const options = { method, headers: { Accept: "application/json" }, cache: "no-store" };
  if (method !== "GET") options.headers["X-Bookgate-Csrf"] = csrfToken;
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(BASE + path, options);
  } catch {
    throw new CallError(0, {});
  }
  const document = await documentOf(answer);
  if (answer.ok) return document;
  const isSigningIn = method === "POST" && path === "/session";
  if (answer.status === 401 && !isSigningIn) window.dispatchEvent(new Event("signed-out"));
  throw new CallError(answer.status, document ?? {});
}

async function documentOf(answer) {
  try {
    return answer.status === 204 ? null : await answer.json();
  } catch {
    return null;
  }
}

export const get = (path) => call("GET", path);
export const post = (path, body) => call("POST", path, body);
export const put = (path, body) => call("PUT", path, body);
export const remove = (path) => call("DELETE", path);

/** A path below one org. Parts are encoded. */
export function orgPath(org, ...parts) {
  return ["/orgs", org, ...parts].map((part, i) => (i === 0 ? part : encodeURIComponent(part))).join("/");
}
