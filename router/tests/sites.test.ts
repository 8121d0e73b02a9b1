import { mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ServedWorld } from './worlds/served-world.ts';
import { supergraphs } from './worlds/supergraphs.ts';

const SCRIPT = 'console.log("the kitchen")'.repeat(50);
const parent = mkdtempSync(join(tmpdir(), 'sites-'));
const put = (file: string, content: string | Buffer) => {
  mkdirSync(dirname(join(parent, file)), { recursive: true });
  writeFileSync(join(parent, file), content);
};
put('secret.txt', 'secret');
put('shop/index.html', '<!doctype html><title>shop</title>');
put('shop/.env', 'secret');
put('shop/pictures/soup.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
put('desk/index.html', '<!doctype html><title>desk</title>');
put('desk/assets/index-Ab12Cd34.js', SCRIPT);
put('desk/assets/index-Ab12Cd34.js.br', brotliCompressSync(SCRIPT));
put('desk/assets/index-Ab12Cd34.js.gz', gzipSync(SCRIPT));
put('desk/assets/odd-Ab12Cd34.js', SCRIPT);
put('desk/assets/odd-Ab12Cd34.js.gz', gzipSync(SCRIPT));

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
}

describe('clients that the router serves', () => {
  let world: ServedWorld;
  let bare: ServedWorld;
  beforeAll(async () => {
    const sources = supergraphs['interface objects'] ?? {};
    const sites = [
      { path: '/', folder: join(parent, 'shop') },
      { path: '/desk', folder: join(parent, 'desk') },
      { path: '/later', folder: join(parent, 'later') },
    ];
    [world, bare] = await Promise.all([
      ServedWorld.open(sources, { sites, introspection: false }),
      ServedWorld.open(sources),
    ]);
  });
  afterAll(() => Promise.all([world.close(), bare.close()]));

  /** As it is written: `fetch` would tidy the path up. */
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET', { url } = world): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(url);
      request({ hostname, port, path, method, headers }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => {
          const body = Buffer.concat(chunks);
          resolve({ status: res.statusCode ?? 0, headers: res.headers, body, text: body.toString() });
        });
      })
        .on('error', reject)
        .end();
    });

  test.each([
    ['/', 'shop'],
    ['/orders/01a1', 'shop'],
    ['/desk', 'desk'],
    ['/desk/', 'desk'],
    ['/desk/kitchen/oven-1?at=3', 'desk'],
    ['/desks', 'shop'],
  ])('%s is a page of the client at the longest path that it begins with: %s', async (path, title) => {
    const { status, headers, text } = await ask(path);
    expect([status, headers['content-type'], text]).toEqual([
      200,
      'text/html; charset=utf-8',
      `<!doctype html><title>${title}</title>`,
    ]);
    expect(headers['cache-control']).toBe('no-cache');
    expect((await ask(path, { 'if-none-match': headers.etag ?? '' })).status).toBe(304);
  });

  test('what is named by its content is kept for ever, what is not is asked for again', async () => {
    const script = await ask('/desk/assets/index-Ab12Cd34.js');
    expect([script.status, script.headers['content-type'], script.text]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      SCRIPT,
    ]);
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const picture = await ask('/pictures/soup.svg');
    expect([picture.headers['content-type'], picture.headers['cache-control']]).toEqual(['image/svg+xml', 'no-cache']);
  });

  test.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync, 'index'],
    ['gzip', 'gzip', gunzipSync, 'index'],
    ['br;q=0, gzip', 'gzip', gunzipSync, 'index'],
    ['br, gzip', 'gzip', gunzipSync, 'odd'],
    ['identity', undefined, (body: Buffer) => body, 'index'],
  ])('who accepts %s is sent %s', async (accepted, encoding, decode, name) => {
    const { headers, body } = await ask(`/desk/assets/${name}-Ab12Cd34.js`, { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers.vary).toMatch(/accept-encoding/i);
    expect(decode(body).toString()).toBe(SCRIPT);
  });

  test.each(['/desk/assets/gone-Ab12Cd34.js', '/favicon.ico', '/desk/pictures/soup.svg', '/pictures.d/'])(
    'a missing file is not a page: %s',
    async (path) => {
      const { status, headers, text } = await ask(path, { 'accept-encoding': 'br' });
      expect([status, text.includes('<title>')]).toEqual([404, false]);
      expect(headers['cache-control']).toBe('no-store');
    },
  );

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/desk/..%2f..%2fsecret.txt',
    '/desk/assets/../../../secret.txt',
    '/..%5csecret.txt',
    '/%2e%2e%2fsecret.txt%00.html',
    '//etc/passwd.txt',
    '/.env',
    '/desk/%2eenv',
    '/%ff.txt',
  ])('nothing outside of the folder, and nothing hidden, is served: %s', async (path) => {
    const { status, text } = await ask(path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toMatch(/secret|root:|at /);
  });

  test('their policy allows no script in the page, nothing from elsewhere, and sockets to their own host', async () => {
    const { port } = new URL(world.url);
    for (const path of ['/', '/desk', '/desk/assets/index-Ab12Cd34.js', '/gone.js', '/later']) {
      const { headers } = await ask(path, { host: `brigade.test:${port}` });
      const policy = String(headers['content-security-policy']).split('; ');
      expect(policy).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "worker-src 'self' blob:",
          `connect-src 'self' ws://brigade.test:${port} wss://brigade.test:${port}`,
          "frame-ancestors 'none'",
          "base-uri 'none'",
        ]),
      );
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
      expect(headers['x-powered-by']).toBeUndefined();
    }
    const { headers } = await ask('/', { host: "x; script-src 'unsafe-inline'" });
    expect(headers['content-security-policy']).toContain("connect-src 'self'");
    expect(headers['content-security-policy']).not.toContain("script-src 'unsafe-inline'");
  });

  test('only what reads is answered', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      for (const path of ['/', '/desk', '/orders/1']) {
        const { text } = await ask(path, {}, method);
        expect([method, path, /<title>(shop|desk)/.test(text)]).toEqual([method, path, false]);
      }
    }
    expect((await ask('/', {}, 'POST')).status).toBe(404);
    const head = await ask('/', {}, 'HEAD');
    expect([head.status, head.body.length]).toEqual([200, 0]);
  });

  test("the router's own paths stay its own, also what is not there of them", async () => {
    expect(JSON.parse((await ask('/health/live')).text)).toMatchObject({ service: 'router', status: 'live' });
    expect((await ask('/metrics')).text).toContain('# HELP');
    const answered = await fetch(world.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });
    expect(await answered.json()).toEqual({ data: { __typename: 'Query' } });
    for (const path of ['/graphiql', '/graphiql/page.js', '/health/other', '/metrics/other']) {
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    }
  });

  test('a client that has not been built says so, and is there once it has', async () => {
    const before = await ask('/later/anything');
    expect([before.status, before.headers['content-type']]).toEqual([503, 'text/plain; charset=utf-8']);
    expect(before.text).toContain('npm run build:clients');
    put('later.new/index.html', '<!doctype html><title>later</title>');
    renameSync(join(parent, 'later.new'), join(parent, 'later'));
    expect((await ask('/later/anything')).text).toContain('<title>later</title>');
  });

  test('where there is none, the way leads to the API', async () => {
    const { status, headers } = await ask('/', {}, 'GET', bare);
    expect([status, headers.location]).toEqual([302, '/graphql']);
    // What other processes tell of their last errors is not for everyone who reaches the door.
    expect((await ask('/errors', {}, 'GET', bare)).status).toBe(404);
  });
});
