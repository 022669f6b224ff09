// Providers as people call them.

const NAMES = {
  acuity: "Acuity",
  calcom: "Cal.com",
  calendly: "Calendly",
  generic: "Generic",
  square: "Square",
  unknown: "Not recognised",
};

/** A provider that this page does not know is called by its id. */
export const providerName = (provider) => NAMES[provider] ?? provider;
