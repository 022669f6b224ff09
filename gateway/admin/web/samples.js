// Bookings as each tool sends them, to try without the tool. Dates are always some days ahead.

const DAY = 86_400_000;

/** 15:00 UTC in three days, and so many minutes later. */
function start(minutes = 0) {
  const day = new Date(Date.now() + 3 * DAY);
  day.setUTCHours(15, minutes, 0, 0);
  return day.toISOString().replace(".000Z", "Z");
}

const SAMPLES = {
  generic: () => ({
    customer_email: "jane@example.com",
    customer_name: "Jane Doe",
    customer_phone: "+351 912 345 678",
    start_time: start(),
    duration_minutes: 45,
    appointment_type: "First consultation",
    external_id: "sample-1",
    notes: "Would like to bring her dog.",
  }),
  calendly: () => ({
    event: "invitee.created",
    created_at: new Date().toISOString(),
    payload: {
      uri: "https://api.calendly.com/scheduled_events/SAMPLE/invitees/SAMPLE",
      event: "https://api.calendly.com/scheduled_events/SAMPLE",
      email: "jane@example.com",
      name: "Jane Doe",
      status: "active",
      timezone: "Europe/Lisbon",
      questions_and_answers: [{ question: "Referred by?", answer: "Ann Example", position: 0 }],
      scheduled_event: {
        name: "First consultation",
        start_time: start(),
        end_time: start(45),
        event_memberships: [{ user_name: "Sam Host", user_email: "sam@example.com" }],
        location: { type: "physical", location: "12 Sample Street" },
      },
    },
  }),
  calcom: () => ({
    triggerEvent: "BOOKING_CREATED",
    createdAt: new Date().toISOString(),
    payload: {
      uid: "sample-uid",
      type: "first-consultation",
      eventTitle: "First consultation",
      title: "First consultation between Sam Host and Jane Doe",
      startTime: start(),
      endTime: start(45),
      status: "ACCEPTED",
      organizer: { name: "Sam Host", email: "sam@example.com", timeZone: "Europe/Lisbon" },
      attendees: [{ name: "Jane Doe", email: "jane@example.com", timeZone: "Europe/Lisbon" }],
      location: "12 Sample Street",
    },
  }),
  square: () => ({
    merchant_id: "SAMPLE",
    type: "booking.created",
    event_id: "sample-event",
    created_at: new Date().toISOString(),
    data: {
      type: "booking",
      id: "sample-booking:0",
      object: {
        booking: {
          id: "sample-booking",
          version: 0,
          status: "ACCEPTED",
          customer_id: "SAMPLE",
          location_id: "SAMPLE",
          start_at: start(),
          appointment_segments: [{ duration_minutes: 45, service_variation_id: "SAMPLE", team_member_id: "SAMPLE" }],
        },
      },
    },
  }),
  acuity: () => "action=scheduled&id=1&calendarID=2&appointmentTypeID=3",
};

/**
 * { contentType, body, provider } of that tool. The provider is "" where the body is enough to be
 * recognised by, as it is but for Acuity, which is known by a header.
 */
export function sampleOf(tool) {
  const made = SAMPLES[tool]();
  if (typeof made === "string") return { contentType: "application/x-www-form-urlencoded", body: made, provider: tool };
  return { contentType: "application/json", body: JSON.stringify(made, null, 2), provider: "" };
}
