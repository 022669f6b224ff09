// Square's API, as far as bookings need it. Things to PUT: customers, catalog (variations, each with
// its `item`), profiles (by team member), team-members, locations, bookings; each without its id; and
// subscriptions. The latter are listed for tests with their signature keys, which the API tells only
// when it makes them.

import { FakeApi, answer, bearerOf, pageOf } from './fake_api.mjs';

const kErrors = {
  400: ['INVALID_REQUEST_ERROR', 'BAD_REQUEST', 'The request is malformed.'],
  401: ['AUTHENTICATION_ERROR', 'UNAUTHORIZED', 'This request could not be authorized.'],
  403: [
    'AUTHENTICATION_ERROR',
    'INSUFFICIENT_SCOPES',
    'The merchant must authorize your application for the following scopes: CUSTOMERS_READ',
  ],
  404: ['INVALID_REQUEST_ERROR', 'NOT_FOUND', 'There is no such object.'],
  409: ['INVALID_REQUEST_ERROR', 'CONFLICT', 'There is one already.'],
  429: ['RATE_LIMIT_ERROR', 'RATE_LIMITED', 'Too many requests.'],
};

function error(status) {
  const [category, code, detail] = kErrors[status] ?? [
    'API_ERROR',
    'INTERNAL_SERVER_ERROR',
    'Something went wrong.',
  ];
  return answer(status, { errors: [{ category, code, detail }] });
}

// A route that answers with one thing under the name `member`.
function oneOf(path, collection, member) {
  return {
    method: 'GET',
    path,
    handle({ parameters: { id } }, api) {
      const found = api.find(collection, id);
      return found ? answer(200, { errors: [], [member]: { id, ...found } }) : error(404);
    },
  };
}

// A variation alone rarely has a name of its own; that of the service is its item's, which comes only
// for the asking.
const catalogObject = {
  method: 'GET',
  path: '/v2/catalog/object/:id',
  handle({ parameters: { id }, query }, api) {
    const found = api.find('catalog', id);
    if (!found) return error(404);
    const { item, name = 'Regular' } = found;
    const object = {
      type: 'ITEM_VARIATION',
      id,
      item_variation_data: { item_id: `item-of-${id}`, name },
    };
    const related = [{ type: 'ITEM', id: `item-of-${id}`, item_data: { name: item } }];
    const wanted = query.include_related_objects === 'true';
    return answer(200, wanted ? { object, related_objects: related } : { object });
  },
};

const kPath = '/v2/webhooks/subscriptions';

let subscriptionsMade = 0;
let keysMade = 0;

function freshKey() {
  keysMade += 1;
  return `signature-key-number-${keysMade}`;
}

function subscriptionOf({ signature_key: _, ...subscription }) {
  return answer(200, { subscription });
}

// Subscriptions belong to the application: its own access token asks for them.
const subscriptions = [
  {
    method: 'GET',
    path: kPath,
    handle({ query }, api) {
      const all = [...api.objects('subscriptions').values()];
      const wanted = all.filter(({ enabled }) => enabled || query.include_disabled === 'true');
      if (wanted.length === 0) return answer(200, {});
      return answer(200, { subscriptions: wanted.map(({ signature_key: _, ...one }) => one) });
    },
  },
  {
    method: 'POST',
    path: kPath,
    handle({ body }, api) {
      const { name, event_types, notification_url } = JSON.parse(body).subscription ?? {};
      if (!name || !event_types?.length || !notification_url?.startsWith('https://')) return error(400);
      subscriptionsMade += 1;
      const id = `wbhk_${subscriptionsMade}`;
      const made = { id, name, enabled: true, event_types, notification_url, signature_key: freshKey() };
      api.objects('subscriptions').set(id, made);
      return answer(200, { subscription: made });
    },
  },
  {
    method: 'GET',
    path: `${kPath}/:id`,
    handle({ parameters: { id } }, api) {
      const found = api.find('subscriptions', id);
      return found ? subscriptionOf(found) : error(404);
    },
  },
  {
    method: 'PUT',
    path: `${kPath}/:id`,
    handle({ parameters: { id }, body }, api) {
      const found = api.find('subscriptions', id);
      if (!found) return error(404);
      Object.assign(found, JSON.parse(body).subscription);
      return subscriptionOf(found);
    },
  },
  {
    method: 'DELETE',
    path: `${kPath}/:id`,
    handle({ parameters: { id } }, api) {
      return api.objects('subscriptions').delete(id) ? answer(200, {}) : error(404);
    },
  },
  {
    method: 'POST',
    path: `${kPath}/:id/signature-key`,
    handle({ parameters: { id } }, api) {
      const found = api.find('subscriptions', id);
      if (!found) return error(404);
      found.signature_key = freshKey();
      return answer(200, { signature_key: found.signature_key });
    },
  },
];

// Answers for many ids at once, as listing bookings asks for them.
const bulk = [
  {
    method: 'POST',
    path: '/v2/customers/bulk-retrieve',
    handle({ body }, api) {
      const responses = {};
      for (const id of JSON.parse(body).customer_ids) {
        const customer = api.find('customers', id);
        responses[id] = customer ? { customer: { id, ...customer } } : error(404).body;
      }
      return answer(200, { responses });
    },
  },
  {
    method: 'POST',
    path: '/v2/catalog/batch-retrieve',
    handle({ body }, api) {
      const found = JSON.parse(body).object_ids.filter((id) => api.find('catalog', id));
      return answer(200, {
        objects: found.map((id) => ({ type: 'ITEM_VARIATION', id, item_variation_data: { item_id: `item-of-${id}`, name: 'Regular' } })),
        related_objects: found.map((id) => ({ type: 'ITEM', id: `item-of-${id}`, item_data: { name: api.find('catalog', id).item } })),
      });
    },
  },
  {
    method: 'POST',
    path: '/v2/bookings/team-member-booking-profiles/bulk-retrieve',
    handle({ body }, api) {
      const profiles = {};
      for (const id of JSON.parse(body).team_member_ids) {
        const found = api.find('profiles', id);
        profiles[id] = found ? { team_member_booking_profile: { team_member_id: id, ...found } } : error(404).body;
      }
      return answer(200, { team_member_booking_profiles: profiles });
    },
  },
];

// Of at most 31 days at a time, by their start.
const bookingList = {
  method: 'GET',
  path: '/v2/bookings',
  handle({ query }, api) {
    const from = Date.parse(query.start_at_min);
    const to = Date.parse(query.start_at_max);
    if (!(to - from <= 31 * 86_400_000)) return error(400);
    const all = [...api.objects('bookings')]
      .map(([id, found]) => ({ id, ...found }))
      .filter(({ start_at }) => Date.parse(start_at) >= from && Date.parse(start_at) < to)
      .sort((a, b) => a.start_at.localeCompare(b.start_at));
    // As few as the test wants on a page, so that there are several.
    const { items, next } = pageOf(all, query.cursor, Math.min(Number(query.limit), 2));
    return answer(200, next ? { bookings: items, cursor: next } : { bookings: items });
  },
};

const square = {
  credentialOf: bearerOf,
  error,
  // Without the header the API is that of the day on which the application was made.
  check: ({ headers }) =>
    /^\d{4}-\d{2}-\d{2}$/.test(headers['square-version'] ?? '') ? null : error(400),
  routes: [
    ...subscriptions,
    ...bulk,
    bookingList,
    oneOf('/v2/customers/:id', 'customers', 'customer'),
    catalogObject,
    oneOf(
      '/v2/bookings/team-member-booking-profiles/:id',
      'profiles',
      'team_member_booking_profile',
    ),
    oneOf('/v2/team-members/:id', 'team-members', 'team_member'),
    oneOf('/v2/locations/:id', 'locations', 'location'),
    oneOf('/v2/bookings/:id', 'bookings', 'booking'),
  ],
};

new FakeApi(square).listen();
