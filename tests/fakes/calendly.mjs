// Calendly's API (v2), as far as bookings need it. Things to PUT: scheduled_events, each with its
// `invitees`.

import { FakeApi, answer, bearerOf, pageOf } from './fake_api.mjs';

const kTitles = {
  400: ['Invalid Argument', 'The supplied parameters are invalid.'],
  401: ['Unauthenticated', 'The access token is invalid'],
  403: ['Permission Denied', 'You do not have permission'],
  404: ['Resource Not Found', 'The server could not find the requested resource.'],
  409: ['Already Exists', 'Hook with this url already exists'],
  429: ['Too Many Requests', 'Too many requests'],
};

function error(status) {
  const [title, message] = kTitles[status] ?? ['Internal Server Error', 'Something went wrong.'];
  return answer(status, { title, message });
}

const kHost = 'https://api.calendly.com';

const calendly = {
  credentialOf: bearerOf,
  error,
  routes: [
    {
      method: 'GET',
      path: '/scheduled_events/:id',
      handle({ parameters: { id } }, api) {
        const found = api.find('scheduled_events', id);
        if (!found) return error(404);
        const { invitees, ...event } = found;
        return answer(200, { resource: { uri: `${kHost}/scheduled_events/${id}`, ...event } });
      },
    },
    {
      method: 'GET',
      path: '/scheduled_events/:id/invitees',
      handle({ parameters: { id }, query }, api) {
        const found = api.find('scheduled_events', id);
        if (!found) return error(404);
        const count = Number(query.count ?? 20);
        if (!(count >= 1 && count <= 100)) return error(400);
        const { items, next } = pageOf(found.invitees ?? [], query.page_token, count);
        const here = `${kHost}/scheduled_events/${id}/invitees?count=${count}`;
        return answer(200, {
          collection: items,
          pagination: {
            count: items.length,
            next_page: next && `${here}&page_token=${next}`,
            previous_page: null,
            next_page_token: next,
            previous_page_token: null,
          },
        });
      },
    },
  ],
};

new FakeApi(calendly).listen();
