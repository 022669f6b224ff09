// A provider's API for tests: what all the fakes have in common. Node alone, no packages.
//
// It listens on 127.0.0.1, on the port that is its argument or any free one, and says which in its
// first line: {"port": 12345}. What the provider would do is in the file of that provider; what a test wants of it goes over /_control/:
//
//   PUT    /_control/objects/COLLECTION/ID   JSON       there is such a thing
//   DELETE /_control/objects/COLLECTION/ID              there is none
//   PUT    /_control/token                   {"token"}  the only credential that is right from now on
//   POST   /_control/script                  {"times": 3, "path": "/v2/customers", …}
//   DELETE /_control/script                             no more trouble
//   GET    /_control/requests                           every request so far, in their order
//   DELETE /_control/requests
//
// A script is trouble for the next `times` requests (absent: all of them) whose path begins with
// `path` (absent: every one). Scripts are tried in the order in which they came. One of:
//
//   {"status": 429, "headers": {"retry-after": "2"}}    an error in the provider's own shape
//   {"slow": 5000}                                      the right answer, so many milliseconds late
//   {"drop": "before"} or {"drop": "amid"}              the connection breaks: before the answer
//                                                       begins, or in the middle of it
//   {"silent": true}                                    no answer ever
//   {"too_large": 2000000}                              JSON of at least so many bytes
//   {"wrong_json": "<html>"}                            200 with that body
//   {"redirect": "http://elsewhere/"}                   302
//
// A request that a script answers is logged like any other, with what became of it.

import { createServer } from 'node:http';

// The answer to a request: a status, a JSON body, and headers beside those of every answer.
export function answer(status, body, headers = {}) {
  return { status, body, headers };
}

// One page of a list, as {items, next}: `next` is a cursor for the page after it, or null.
export function pageOf(items, cursor, size) {
  const start = cursor ? Number.parseInt(Buffer.from(cursor, 'base64url').toString(), 10) : 0;
  const end = start + size;
  const next = end < items.length ? Buffer.from(String(end)).toString('base64url') : null;
  return { items: items.slice(start, end), next };
}

export class FakeApi {
  // `provider` has:
  //   routes: [{method, path: '/v2/things/:id', handle(request, api)}], each giving an answer();
  //   credentialOf(headers): what a request proves itself with, or null;
  //   error(status, request): an answer() that says so as the provider would;
  //   check(request): optional; an answer() for a request that is wrong in form, or null.
  constructor(provider) {
    this.provider = provider;
    this.token = 'right-token';
    this.collections = new Map();
    this.requests = [];
    this.scripts = [];
    this.server = createServer((incoming, outgoing) => this.#take(incoming, outgoing));
    // Tests decide how long a connection lasts.
    this.server.keepAliveTimeout = 60_000;
  }

  listen() {
    this.server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
      process.stdout.write(`${JSON.stringify({ port: this.server.address().port })}\n`);
    });
  }

  objects(collection) {
    if (!this.collections.has(collection)) this.collections.set(collection, new Map());
    return this.collections.get(collection);
  }

  // The thing of that id, or undefined.
  find(collection, id) {
    return this.objects(collection).get(id);
  }

  async #take(incoming, outgoing) {
    // As sent: URL would resolve dots.
    const [path, query = ''] = incoming.url.split('?');
    const request = {
      method: incoming.method,
      path,
      query: Object.fromEntries(new URLSearchParams(query)),
      headers: incoming.headers,
      body: await bodyOf(incoming),
      connection: incoming.socket.remotePort,
    };
    if (request.path.startsWith('/_control/')) {
      this.#control(request, outgoing);
      return;
    }
    this.requests.push(request);
    const script = this.#nextScript(request);
    request.script = script ? Object.keys(script.trouble)[0] : null;
    this.#answer(request, outgoing, script?.trouble ?? {});
  }

  #nextScript(request) {
    const script = this.scripts.find((one) => one.left > 0 && request.path.startsWith(one.path));
    if (script) script.left -= 1;
    return script;
  }

  #answer(request, outgoing, trouble) {
    if (trouble.silent) return;
    if (trouble.drop === 'before') {
      outgoing.socket.destroy();
    } else if (trouble.drop === 'amid') {
      outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
      outgoing.write('{"cut": "', () => outgoing.socket.destroy());
    } else if (trouble.status) {
      const error = this.provider.error(trouble.status, request);
      this.#send(request, outgoing, { ...error, headers: { ...error.headers, ...trouble.headers } });
    } else if (trouble.too_large) {
      this.#send(request, outgoing, answer(200, { filler: 'x'.repeat(trouble.too_large) }));
    } else if (trouble.wrong_json !== undefined) {
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(trouble.wrong_json);
    } else if (trouble.redirect) {
      outgoing.writeHead(302, { location: trouble.redirect }).end();
    } else {
      setTimeout(() => this.#send(request, outgoing, this.#right(request)), trouble.slow ?? 0);
    }
  }

  // What the provider would answer.
  #right(request) {
    if (this.provider.credentialOf(request.headers) !== this.token) {
      return this.provider.error(401, request);
    }
    const wrong = this.provider.check?.(request);
    if (wrong) return wrong;
    for (const route of this.provider.routes) {
      const parameters = match(route.path, request.path);
      if (!parameters) continue;
      if (route.method !== request.method) continue;
      return route.handle({ ...request, parameters }, this);
    }
    return this.provider.error(404, request);
  }

  #send(request, outgoing, { status, body, headers }) {
    request.status = status;
    outgoing.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    outgoing.end(body === undefined ? '' : JSON.stringify(body));
  }

  #control(request, outgoing) {
    const [, , what, collection, id] = request.path.split('/').map(decodeURIComponent);
    const given = request.body ? JSON.parse(request.body) : undefined;
    let result = {};
    switch (`${request.method} ${what}`) {
      case 'PUT objects':
        this.objects(collection).set(id, given);
        break;
      case 'DELETE objects':
        this.objects(collection).delete(id);
        break;
      case 'PUT token':
        this.token = given.token;
        break;
      case 'POST script': {
        const { times, path, ...trouble } = given;
        this.scripts.push({ left: times ?? Infinity, path: path ?? '/', trouble });
        break;
      }
      case 'DELETE script':
        this.scripts = [];
        break;
      case 'GET requests':
        result = this.requests;
        break;
      case 'DELETE requests':
        this.requests = [];
        break;
      default:
        outgoing.writeHead(404).end();
        return;
    }
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  }
}

async function bodyOf(incoming) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

// The parameters of '/a/:id' in '/a/b', decoded; null if the path is another one.
function match(template, path) {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const parameters = {};
  for (const [i, part] of wanted.entries()) {
    if (part.startsWith(':')) parameters[part.slice(1)] = decodeURIComponent(given[i]);
    else if (part !== given[i]) return null;
  }
  return parameters;
}

// The token of "Authorization: Bearer TOKEN", or null.
export function bearerOf(headers) {
  const found = /^Bearer (.+)$/.exec(headers.authorization ?? '');
  return found ? found[1] : null;
}

// "user:password" of "Authorization: Basic …", or null.
export function basicOf(headers) {
  const found = /^Basic (.+)$/.exec(headers.authorization ?? '');
  return found ? Buffer.from(found[1], 'base64').toString() : null;
}
