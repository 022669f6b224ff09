// A secret that was just made, as long as this page shows it. It is nowhere else: not in the browser's
// storage, and the server keeps a hash only.

const secrets = new Map();

/** { url, secret } of that org, or undefined. */
export const freshSecret = (org) => secrets.get(org);

export const keepFreshSecret = (org, made) => secrets.set(org, made);

export const forgetFreshSecret = (org) => secrets.delete(org);

export const forgetAllSecrets = () => secrets.clear();
