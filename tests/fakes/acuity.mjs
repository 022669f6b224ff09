// Acuity Scheduling's API, as far as bookings need it. Things to PUT: appointments, without their id.
// The token is "user:key", for HTTP Basic, or one of OAuth, which is a bearer token.

import { FakeApi, answer, basicOf, bearerOf } from './fake_api.mjs';

const kErrors = {
  400: ['bad_request', 'The request is malformed.'],
  401: ['unauthorized', 'Unauthorized'],
  403: ['forbidden', "That appointment is another user's."],
  404: ['not_found', 'The appointment does not exist.'],
  429: ['too_many_requests', 'Rate limit exceeded.'],
};

function error(status) {
  const [code, message] = kErrors[status] ?? ['internal_server_error', 'Something went wrong.'];
  return answer(status, { status_code: status, error: code, message });
}

const acuity = {
  credentialOf: (headers) => basicOf(headers) ?? bearerOf(headers),
  error,
  routes: [
    {
      method: 'GET',
      path: '/api/v1/appointments/:id',
      handle({ parameters: { id }, query }, api) {
        const found = api.find('appointments', id);
        if (!found) return error(404);
        // Answers of earlier appointments come along unless they are not wanted.
        const past = query.pastFormAnswers === 'false' ? [] : (found.pastForms ?? []);
        const { pastForms, forms = [], ...appointment } = found;
        return answer(200, { id: Number(id), ...appointment, forms: [...forms, ...past] });
      },
    },
  ],
};

new FakeApi(acuity).listen();
