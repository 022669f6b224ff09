// Square's API, as far as bookings need it. Things to PUT: customers, catalog (variations, each with
// its `item`), profiles (by team member), team-members, locations, bookings; each without its id.

import { FakeApi, answer, bearerOf } from './fake_api.mjs';

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

const square = {
  credentialOf: bearerOf,
  error,
  // Without the header the API is that of the day on which the application was made.
  check: ({ headers }) =>
    /^\d{4}-\d{2}-\d{2}$/.test(headers['square-version'] ?? '') ? null : error(400),
  routes: [
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
