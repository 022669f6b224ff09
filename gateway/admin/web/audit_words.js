// What the audit log says, in plain words. The server's names of actions are in gateway/admin.

const WORDS = {
  signed_in: () => "Signed in",
  org_created: () => "Created this org",
  webhook_generated: () => "Generated the webhook’s secret",
  webhook_rotated: ({ details }) => `Rotated the webhook’s secret${graceWords(details.grace_seconds)}`,
  webhook_disabled: () => "Disabled the webhook",
  credential_set: ({ subject }) => `Set the API token of ${subject}`,
  credential_cleared: ({ subject }) => `Removed the API token of ${subject}`,
  signing_key_set: ({ subject }) => `Set the signing key of ${subject}`,
  signing_key_cleared: ({ subject }) => `Removed the signing key of ${subject}`,
  signatures_required: ({ subject }) => `Webhooks of ${subject} have to be signed`,
  signatures_not_required: ({ subject }) => `Webhooks of ${subject} need not be signed`,
  webhook_registered: ({ subject }) => `Registered the webhook with ${subject}`,
  webhook_unregistered: ({ subject }) => `Removed the webhook from ${subject}`,
  backfilled: ({ subject }) => `Fetched what was missed from ${subject}`,
  delivery_replayed: ({ subject }) => (subject ? `Replayed delivery ${subject}` : "Replayed"),
  mapping_set: () => "Changed the field mapping",
  mapping_cleared: () => "Removed the field mapping",
  received: () => "Received",
};

export function graceWords(seconds) {
  if (!seconds) return "; the old one stopped working at once";
  return `; the old one works for another ${spanWords(seconds)}`;
}

export function spanWords(seconds) {
  const [amount, unit] =
    seconds % 86400 === 0 ? [seconds / 86400, "day"] : seconds % 3600 === 0 ? [seconds / 3600, "hour"] : [Math.round(seconds / 60), "minute"];
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

export function auditWords(entry) {
  const words = WORDS[entry.action];
  return words ? words({ subject: entry.subject ?? "", details: entry.details ?? {} }) : entry.action.replaceAll("_", " ");
}
