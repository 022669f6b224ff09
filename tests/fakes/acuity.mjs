// Acuity Scheduling's API, as far as bookings need it. Things to PUT: appointments, without their id,
// and webhooks.
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

const kMostWebhooks = 25;

let webhooksMade = 0;

const webhooks = [
  { method: 'GET', path: '/api/v1/webhooks', handle: (_, api) => answer(200, [...api.objects('webhooks').values()]) },
  {
    method: 'POST',
    path: '/api/v1/webhooks',
    handle({ body }, api) {
      const { event, target } = JSON.parse(body);
      const all = api.objects('webhooks');
      // Ports 443 and 80 alone.
      if (!event || !/^https?:\/\/[^/:]+\//.test(target ?? '') || all.size >= kMostWebhooks) return error(400);
      webhooksMade += 1;
      const made = { id: webhooksMade, event, target, status: 'active' };
      all.set(String(made.id), made);
      return answer(200, made);
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/webhooks/:id',
    handle({ parameters: { id } }, api) {
      return api.objects('webhooks').delete(id) ? answer(204) : error(404);
    },
  },
];

const acuity = {
  credentialOf: (headers) => basicOf(headers) ?? bearerOf(headers),
  error,
  routes: [
    ...webhooks,
    {
      method: 'GET',
      path: '/api/v1/appointments',
      handle({ query }, api) {
        const all = [...api.objects('appointments')]
          .map(([id, { pastForms: _, ...appointment }]) => ({ id: Number(id), forms: [], ...appointment }))
          .filter(({ datetime }) => datetime.slice(0, 10) >= query.minDate && datetime.slice(0, 10) <= query.maxDate)
          .filter(({ canceled }) => query.showall === 'true' || !canceled);
        return answer(200, all.slice(0, Number(query.max)));
      },
    },
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
