// Calendly's API (v2), as far as bookings and webhooks need it. Things to PUT: scheduled_events, each
// with its `invitees`, and webhook_subscriptions. The latter are listed for tests with the signing
// key that they were made with, which the API itself never tells.

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

const kMe = {
  uri: `${kHost}/users/rosa`,
  name: 'Rosa Lima',
  current_organization: `${kHost}/organizations/salon`,
};

function page(items, next) {
  return answer(200, {
    collection: items,
    pagination: {
      count: items.length,
      next_page: null,
      previous_page: null,
      next_page_token: next,
      previous_page_token: null,
    },
  });
}

function eventResource(id, found) {
  const { invitees, ...event } = found;
  return { uri: `${kHost}/scheduled_events/${id}`, ...event };
}

function subscriptionResource({ signing_key: _, ...subscription }) {
  return subscription;
}

let subscriptionsMade = 0;

const calendly = {
  credentialOf: bearerOf,
  error,
  routes: [
    { method: 'GET', path: '/users/me', handle: () => answer(200, { resource: kMe }) },
    {
      method: 'GET',
      path: '/webhook_subscriptions',
      handle({ query }, api) {
        if (!query.organization || !['organization', 'user'].includes(query.scope)) return error(400);
        const all = [...api.objects('webhook_subscriptions').values()];
        return page(all.filter(({ scope }) => scope === query.scope).map(subscriptionResource), null);
      },
    },
    {
      method: 'POST',
      path: '/webhook_subscriptions',
      handle({ headers, body }, api) {
        if (headers['content-type'] !== 'application/json') return error(400);
        const { url, events, organization, user, scope, signing_key } = JSON.parse(body);
        if (!url?.startsWith('https://') || !events?.length || !signing_key) return error(400);
        if (organization !== kMe.current_organization) return error(403);
        const all = api.objects('webhook_subscriptions');
        if ([...all.values()].some(({ callback_url }) => callback_url === url)) return error(409);
        subscriptionsMade += 1;
        const id = `hook-${subscriptionsMade}`;
        all.set(id, {
          uri: `${kHost}/webhook_subscriptions/${id}`,
          callback_url: url,
          state: 'active',
          events,
          scope,
          organization,
          user: user ?? null,
          creator: kMe.uri,
          signing_key,
        });
        return answer(201, { resource: subscriptionResource(all.get(id)) });
      },
    },
    {
      method: 'GET',
      path: '/webhook_subscriptions/:id',
      handle({ parameters: { id } }, api) {
        const found = api.find('webhook_subscriptions', id);
        return found ? answer(200, { resource: subscriptionResource(found) }) : error(404);
      },
    },
    {
      method: 'DELETE',
      path: '/webhook_subscriptions/:id',
      handle({ parameters: { id } }, api) {
        return api.objects('webhook_subscriptions').delete(id) ? answer(204) : error(404);
      },
    },
    {
      method: 'GET',
      path: '/scheduled_events',
      handle({ query }, api) {
        if (query.organization !== kMe.current_organization) return error(403);
        const all = [...api.objects('scheduled_events')]
          .map(([id, found]) => eventResource(id, found))
          .filter(({ start_time }) => start_time >= (query.min_start_time ?? ''))
          .sort((a, b) => a.start_time.localeCompare(b.start_time));
        // As few as the test wants on a page, so that there are several.
        const { items, next } = pageOf(all, query.page_token, Math.min(Number(query.count), 2));
        return page(items, next);
      },
    },
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
