// Lets the gateway and a library that others wrote judge the same random requests, some of them
// damaged, and fails if they ever disagree.
//
//   node agreement.js LIBRARY SIGNER TOOL MODULES COUNT SEED
//
// LIBRARY is standardwebhooks or square; SIGNER says who signs: library or tool. Square's library
// only verifies, so Node's own HMAC signs in its place.
'use strict';

const { spawnSync } = require('node:child_process');
const { createHmac } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');

const [libraryName, signer, tool, modules, count, seed] = process.argv.slice(2);
const requireInstalled = createRequire(path.join(modules, 'package.json'));

// --- chance that a seed repeats: mulberry32

let state = Number(seed) >>> 0;

function random(below) {
  state = (state + 0x6d2b79f5) >>> 0;
  let bits = state;
  bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
  bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
  return ((bits ^ (bits >>> 14)) >>> 0) % below;
}

function pick(choices) {
  return choices[random(choices.length)];
}

// Any character but half a surrogate pair, which no UTF-8 can carry.
function character() {
  const plain = () => String.fromCharCode(0x20 + random(0x5f));
  const rare = () => pick(['\u0000', '\n', '\r\n', '<', '>', '&', '"', '\\', 'é', 'ß', '日', '😀', '\u2028', '\ufeff']);
  return random(5) === 0 ? rare() : plain();
}

function text(longest) {
  return Array.from({ length: random(longest) }, character).join('');
}

function body() {
  const customer = { email: `${random(1e6)}@example.com`, name: text(40), note: text(400) };
  return pick([
    () => JSON.stringify({ type: 'booking.created', data: customer }),
    () => JSON.stringify({ data: customer }, null, 2) + '\n',
    () => `action=scheduled&id=${random(1e9)}&note=${encodeURIComponent(customer.name)}`,
    () => text(3000),
    () => '',
  ])();
}

function letters(length) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return Array.from({ length }, () => alphabet[random(alphabet.length)]).join('');
}

// The text with one character replaced by another one.
function damaged(original) {
  if (original === '') return 'x';
  const characters = Array.from(original);
  const at = random(characters.length);
  characters[at] = characters[at] === 'x' ? 'y' : 'x';
  return characters.join('');
}

// --- the gateway's side

function askTool(requests) {
  const result = spawnSync(tool, {
    input: requests.map((request) => JSON.stringify(request)).join('\n') + '\n',
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`the tool failed: ${result.stderr}`);
  const answers = result.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  if (answers.length !== requests.length) throw new Error('the tool left out answers');
  return answers;
}

// --- the libraries

function now() {
  return Math.floor(Date.now() / 1000);
}

const standardWebhooks = {
  library: () => requireInstalled('standardwebhooks').Webhook,
  scheme: () => null,

  // Far enough from the tolerance of 300 s for this to end meanwhile.
  make() {
    const bytes = Buffer.from(Array.from({ length: 24 + random(41) }, () => random(256)));
    const offset = pick([0, 0, 0, 0, 5, -5, 200, -200, 600, -600, 1e6, -1e8]);
    return { key: 'whsec_' + bytes.toString('base64'), url: '', id: 'msg_' + letters(20), time: String(now() + offset), body: body() };
  },
  toSign: ({ key, id, time, body }) => ({ do: 'sign', as: 'standard-webhooks', key, id, time, body }),
  sign(Webhook, { key, id, time, body }) {
    return new Webhook(key).sign(id, new Date(Number(time) * 1000), body);
  },
  headers({ id, time, signature }) {
    return { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature };
  },
  damages: [
    (request) => { request.body = damaged(request.body); },
    (request) => { request.headers['webhook-signature'] = damaged(request.headers['webhook-signature']); },
    (request) => { request.headers['webhook-id'] = damaged(request.headers['webhook-id']); },
    (request) => { request.headers['webhook-timestamp'] = String(Number(request.headers['webhook-timestamp']) + pick([1, -1])); },
    (request) => { request.headers['webhook-signature'] += ' v2,abc v1,' + letters(44); },
    (request) => { request.headers['webhook-signature'] = `v1,${letters(43)}= v1a,x ` + request.headers['webhook-signature']; },
    (request) => { request.headers['webhook-signature'] = request.headers['webhook-signature'].replace('v1,', 'v2,'); },
    (request) => { request.headers['webhook-signature'] = request.headers['webhook-signature'].replace(/=*$/, ''); },
    (request) => { request.key = standardWebhooks.make().key; },
    (request) => { request.key = request.key.replace('whsec_', ''); },
    (request) => { delete request.headers[pick(Object.keys(request.headers))]; },
  ],
  async verify(Webhook, { key, headers, body }) {
    try {
      new Webhook(key).verify(body, headers, { jsonParse: false });
      return true;
    } catch {
      return false;
    }
  },
};

const square = {
  library: () => requireInstalled('square').WebhooksHelper,
  scheme: () => JSON.parse(readFileSync(path.join(__dirname, '../../plugins/square/manifest.json'), 'utf8')).signature,

  make() {
    const url = pick(['https://hooks.example.com', 'https://shop.example.com:8443/book']) +
      '/api/webhooks/appointment/' + letters(16).toLowerCase() + pick(['', '/square', `?token=${letters(20)}`, '?a=%20&b']);
    return { key: letters(1 + random(80)), url, body: body() };
  },
  toSign: ({ key, url, body }) => ({ do: 'sign', as: 'square', key, url, body }),
  sign(_, { key, url, body }) {
    return createHmac('sha256', key).update(url + body, 'utf8').digest('base64');
  },
  headers({ signature }) {
    return { 'x-square-hmacsha256-signature': signature };
  },
  damages: [
    (request) => { request.body = damaged(request.body); },
    (request) => { request.url = damaged(request.url); },
    (request) => { request.url += '/'; },
    (request) => { request.key = damaged(request.key); },
    (request) => { request.headers['x-square-hmacsha256-signature'] = damaged(request.headers['x-square-hmacsha256-signature']); },
    (request) => { request.headers['x-square-hmacsha256-signature'] += '='; },
    (request) => { request.headers = {}; },
  ],
  async verify(WebhooksHelper, { key, url, headers, body }) {
    return WebhooksHelper.verifySignature({
      requestBody: body,
      signatureHeader: headers['x-square-hmacsha256-signature'],
      signatureKey: key,
      notificationUrl: url,
    });
  },
};

// --- the comparison

async function main() {
  const side = { standardwebhooks: standardWebhooks, square }[libraryName];
  const library = side.library();
  const drafts = Array.from({ length: Number(count) }, () => side.make());
  const signatures = signer === 'tool'
    ? askTool(drafts.map(side.toSign)).map((answer) => answer.signature)
    : drafts.map((draft) => side.sign(library, draft));
  const requests = drafts.map((draft, i) => {
    const request = { do: 'verify', signature: side.scheme(), key: draft.key, url: draft.url, body: draft.body,
      headers: side.headers({ ...draft, signature: signatures[i] }) };
    if (random(2) === 0) pick(side.damages)(request);
    return request;
  });
  const time = now();
  const ours = askTool(requests.map((request) => ({ ...request, now: time })));
  let accepted = 0;
  for (let i = 0; i < requests.length; ++i) {
    const theirs = await side.verify(library, requests[i]);
    if (theirs) ++accepted;
    if (theirs === (ours[i].state === 'valid')) continue;
    console.error(`they say ${theirs}, we say ${JSON.stringify(ours[i])} of ${JSON.stringify(requests[i])}`);
    process.exitCode = 1;
  }
  console.log(`${requests.length} requests, ${accepted} accepted, seed ${seed}`);
  // Agreeing on nothing, or on everything, would prove little.
  if (accepted < requests.length / 4 || accepted > requests.length * 3 / 4) {
    console.error('too few or too many were right');
    process.exitCode = 1;
  }
}

main();
