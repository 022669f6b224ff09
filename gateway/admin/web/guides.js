// How each tool is set up, step by step. Names of screens and scopes are those of the tools' own
// documentation.

const BODY_FIELDS = ["customer_email", "customer_name", "customer_phone", "start_time", "duration_minutes", "appointment_type", "external_id", "notes"];

const exampleBody = JSON.stringify(
  {
    customer_email: "jane@example.com",
    customer_name: "Jane Doe",
    start_time: "2030-06-15T14:00:00Z",
    duration_minutes: 45,
    appointment_type: "First consultation",
    external_id: "an id that stays the same for this booking",
  },
  null,
  2,
);

/**
 * A guide is `steps(place)`: place has `url` (for this tool), `token` (the secret or a stand-in) and
 * `tokenUrl`. A step has a title, words, and maybe things to copy: [label, value, isBlock].
 */
export const GUIDES = [
  {
    id: "calendly",
    name: "Calendly",
    provider: "calendly",
    short: "Bookings, reschedules, cancellations and no-shows.",
    steps: ({ tokenUrl }) => [
      {
        title: "Make an access token",
        text: "In Calendly, open Integrations & apps, then API & webhooks, and generate a personal access token. Webhooks need one of Calendly’s paid plans.",
      },
      {
        title: "Find out your organization’s address",
        text: "Calendly has no screen for webhooks, so they are made with its API. In a terminal, with your token in place of TOKEN; the answer has “current_organization”.",
        copy: [["Command", "curl https://api.calendly.com/users/me -H 'Authorization: Bearer TOKEN'", true]],
      },
      {
        title: "Subscribe this webhook",
        text: "The same way, with that address in place of ORGANIZATION.",
        copy: [
          [
            "Command",
            `curl https://api.calendly.com/webhook_subscriptions \\
  -H 'Authorization: Bearer TOKEN' -H 'Content-Type: application/json' \\
  -d '${JSON.stringify({ url: tokenUrl, organization: "ORGANIZATION", scope: "organization", events: ["invitee.created", "invitee.canceled", "invitee_no_show.created", "invitee_no_show.deleted"] })}'`,
            true,
          ],
        ],
      },
      { title: "Book a test appointment", text: "Book one of your own event types. It appears under Appointments within a second." },
    ],
  },
  {
    id: "calcom",
    name: "Cal.com",
    provider: "calcom",
    short: "On the cloud or on a server of your own.",
    steps: ({ tokenUrl }) => [
      { title: "Open Cal.com’s webhooks", text: "Settings, then Developer, then Webhooks, and there New. Team admins find the same under their team." },
      { title: "Enter the subscriber URL", text: "Cal.com sends no header of your choosing, so the secret is part of the URL.", copy: [["Subscriber URL", tokenUrl]] },
      {
        title: "Choose the event triggers",
        text: "Booking created, rescheduled, cancelled, and no-show updated. Leave “Custom payload template” off.",
      },
      { title: "Press “Ping test”, then create the webhook", text: "The ping appears under Deliveries as ignored: it arrived, and it is no booking." },
    ],
  },
  {
    id: "square",
    name: "Square",
    provider: "square",
    short: "Square Appointments.",
    steps: ({ tokenUrl }) => [
      { title: "Open your application at Square", text: "In Square’s Developer Console, open your application, or make one, and switch to Production." },
      { title: "Add a webhook subscription", text: "Under Webhooks, then Subscriptions, add one with this notification URL.", copy: [["Notification URL", tokenUrl]] },
      { title: "Choose the events", text: "booking.created and booking.updated." },
      {
        title: "Let Bookgate look up customers",
        text: "Square’s webhooks name neither the customer nor the service. An access token with CUSTOMERS_READ, ITEMS_READ and APPOINTMENTS_READ lets Bookgate ask; until it has one, bookings are held.",
      },
    ],
  },
  {
    id: "acuity",
    name: "Acuity",
    provider: "acuity",
    short: "Acuity Scheduling, by Squarespace.",
    steps: ({ tokenUrl }) => [
      { title: "Open Acuity’s webhooks", text: "Integrations, then API: “View credentials” is there, and below it “Webhooks”." },
      {
        title: "Enter the URL",
        text: "For the events scheduled, rescheduled and canceled. “Changed” comes for each of them once more, and is not needed.",
        copy: [["Webhook URL", tokenUrl]],
      },
      {
        title: "Let Bookgate look up appointments",
        text: "Acuity’s webhooks hold nothing but ids. With your user id and API key, Bookgate asks for the rest; until it has them, bookings are held.",
      },
    ],
  },
  {
    id: "zapier",
    name: "Zapier",
    provider: null,
    short: "From any of the thousands of apps it knows.",
    steps: ({ url, token }) => [
      { title: "Add an action", text: "In your Zap, after the trigger of your calendar tool: Webhooks by Zapier, event POST." },
      { title: "Enter URL and payload type", text: "Payload type: json.", copy: [["URL", url]] },
      { title: "Add the header", text: "Under Headers, one row.", copy: [["Name", "Authorization"], ["Value", `Bearer ${token}`]] },
      { title: "Fill in the data", text: `One row each, with what your trigger gives: ${BODY_FIELDS.join(", ")}. Only customer_email is required; an external_id makes sure that a Zap that runs twice books once.` },
      { title: "Press “Test step”", text: "The answer has an appointment_id. If something is wrong with the data, it says which field." },
    ],
  },
  {
    id: "make",
    name: "Make",
    provider: null,
    short: "Formerly Integromat.",
    steps: ({ url, token }) => [
      { title: "Add a module", text: "In your scenario: HTTP, then “Make a request”." },
      { title: "Enter the URL", text: "Method: POST.", copy: [["URL", url]] },
      { title: "Add the header", text: "Under Headers, one item.", copy: [["Name", "Authorization"], ["Value", `Bearer ${token}`]] },
      { title: "Fill in the body", text: "Body type Raw, content type JSON (application/json). Put your own items in place of these values.", copy: [["Request content", exampleBody, true]] },
      { title: "Run the module once", text: "The answer has an appointment_id. If something is wrong with the data, it says which field." },
    ],
  },
  {
    id: "n8n",
    name: "n8n",
    provider: null,
    short: "On its cloud or on a server of your own.",
    steps: ({ url, token }) => [
      { title: "Add a node", text: "HTTP Request, method POST." },
      { title: "Enter the URL", copy: [["URL", url]] },
      { title: "Add the credential", text: "Authentication: Generic Credential Type, then Bearer Auth.", copy: [["Bearer token", token]] },
      {
        title: "Send the body",
        text: "Send Body on, body content type JSON. What n8n’s own trigger nodes of Calendly, Cal.com and Acuity put out can be passed on as it is.",
        copy: [["JSON", exampleBody, true]],
      },
      { title: "Execute the node", text: "The answer has an appointment_id. If something is wrong with the data, it says which field." },
    ],
  },
  {
    id: "other",
    name: "Any other tool",
    provider: null,
    short: "Whatever can send a web request.",
    steps: ({ url, token, tokenUrl }) => [
      { title: "Send a POST request to this URL", text: "As JSON or as a form.", copy: [["URL", url]] },
      {
        title: "Prove that it is you",
        text: "With this header, or, where your tool cannot send one, with the URL that has the secret in it.",
        copy: [["Header", `Authorization: Bearer ${token}`], ["URL with the secret in it", tokenUrl]],
      },
      { title: "Send the booking", text: "Only customer_email is required. Times are RFC 3339; without an offset they are in your org’s time zone.", copy: [["Body", exampleBody, true]] },
      {
        title: "Try it from a terminal",
        copy: [["Command", `curl '${url}' -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' -d '{"customer_email":"jane@example.com","start_time":"2030-06-15T14:00:00Z"}'`, true]],
      },
      { title: "Your tool has names of its own?", text: "Paste what it sends under “Try a payload”: you see what is recognised, and what is missing." },
    ],
  },
];
