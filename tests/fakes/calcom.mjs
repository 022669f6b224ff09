// Cal.com's API (v2), as far as bookings need it. Things to PUT: bookings, without their uid.

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

const calcom = {
  credentialOf: bearerOf,
  error,
  check: (request) =>
    request.headers['cal-api-version'] === kVersion ? null : error(404, request),
  routes: [
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
