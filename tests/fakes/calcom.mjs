// Cal.com's API (v2), as far as bookings need it. Things to PUT: bookings, without their uid, and
// webhooks, which are listed for tests with their secrets.

import { FakeApi, answer, bearerOf } from './fake_api.mjs';

const kCodes = {
  400: ['BadRequestException', 'The request is malformed.'],
  401: ['UnauthorizedException', 'Invalid API key'],
  403: ['ForbiddenException', 'Not allowed'],
  404: ['NotFoundException', 'There is no such booking'],
  429: ['TooManyRequestsException', 'Too many requests'],
};

function error(status, { path }) {
  const [code, message] = kCodes[status] ?? ['InternalServerErrorException', 'Something went wrong'];
  const timestamp = new Date().toISOString();
  return answer(status, { status: 'error', timestamp, path, error: { code, message } });
}

// The version of which the shapes below are. Of another one the same path answers otherwise.
const kVersion = '2024-08-13';

let webhooksMade = 0;

const success = (data, more = {}) => answer(200, { status: 'success', data, ...more });

const webhookOf = ({ secret: _, ...webhook }) => webhook;

const webhooks = [
  {
    method: 'GET',
    path: '/v2/webhooks',
    handle: (_, api) => success([...api.objects('webhooks').values()].map(webhookOf)),
  },
  {
    method: 'POST',
    path: '/v2/webhooks',
    handle(request, api) {
      const { subscriberUrl, triggers, active, secret, payloadTemplate = null } = JSON.parse(request.body);
      if (!subscriberUrl?.startsWith('https://') || !triggers?.length) return error(400, request);
      const all = api.objects('webhooks');
      if ([...all.values()].some((one) => one.subscriberUrl === subscriberUrl)) return error(409, request);
      webhooksMade += 1;
      const id = `webhook-${webhooksMade}`;
      all.set(id, { id, userId: 7, subscriberUrl, triggers, active, secret, payloadTemplate });
      return { ...success(webhookOf(all.get(id))), status: 201 };
    },
  },
  {
    method: 'GET',
    path: '/v2/webhooks/:id',
    handle(request, api) {
      const found = api.find('webhooks', request.parameters.id);
      return found ? success(webhookOf(found)) : error(404, request);
    },
  },
  {
    method: 'PATCH',
    path: '/v2/webhooks/:id',
    handle(request, api) {
      const found = api.find('webhooks', request.parameters.id);
      if (!found) return error(404, request);
      Object.assign(found, JSON.parse(request.body));
      return success(webhookOf(found));
    },
  },
  {
    method: 'DELETE',
    path: '/v2/webhooks/:id',
    handle(request, api) {
      const found = api.find('webhooks', request.parameters.id);
      if (!found) return error(404, request);
      api.objects('webhooks').delete(request.parameters.id);
      return success(webhookOf(found));
    },
  },
];

const bookingList = {
  method: 'GET',
  path: '/v2/bookings',
  handle({ query }, api) {
    const all = [...api.objects('bookings')]
      .map(([uid, found]) => ({ uid, ...found }))
      .filter(({ updatedAt }) => Date.parse(updatedAt) >= Date.parse(query.afterUpdatedAt))
      .sort((a, b) => a.createdAt.localeCompare(b.createdAt));
    const skip = Number(query.skip);
    // As few as the test wants on a page, so that there are several.
    const data = all.slice(skip, skip + Math.min(Number(query.take), 2));
    return success(data, { pagination: { hasNextPage: skip + data.length < all.length } });
  },
};

const calcom = {
  credentialOf: bearerOf,
  error,
  check: (request) =>
    request.headers['cal-api-version'] === kVersion ? null : error(404, request),
  routes: [
    ...webhooks,
    bookingList,
    {
      method: 'GET',
      path: '/v2/bookings/:uid',
      handle(request, api) {
        const { uid } = request.parameters;
        const found = api.find('bookings', uid);
        return found ? answer(200, { status: 'success', data: { uid, ...found } }) : error(404, request);
      },
    },
  ],
};

new FakeApi(calcom).listen();
