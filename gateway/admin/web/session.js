// Who is signed in, and what the server says that it can do.

import { call, CallError, get, useCsrfToken } from "./lib/api.js";

/** What the page has parts for that not every server can do. */
export const CAPABILITIES = ["replay", "mapping"];

let current = null;

/** null if nobody is signed in. */
export const session = () => current;

export const can = (capability) => current?.capabilities.includes(capability) ?? false;

export const seesInstallation = () => current?.role === "installation";

function use(document) {
  current = document;
  useCsrfToken(document?.csrf_token ?? "");
  return document;
}

/** The session that this browser has already, or null. */
export async function resume() {
  try {
    return use(await get("/session"));
  } catch (error) {
    if (error instanceof CallError && error.status === 401) return use(null);
    throw error;
  }
}

export async function signIn(email, password) {
  const document = use(await call("POST", "/session", { email, password }));
  window.dispatchEvent(new Event("signed-in"));
  return document;
}

export async function signOut() {
  try {
    await call("DELETE", "/session");
  } catch (error) {
    // Ended already: that is what was wanted.
    if (error.status !== 401) throw error;
  }
  use(null);
}
