import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ServedWorld } from './worlds/served-world.ts';
import { supergraphs } from './worlds/supergraphs.ts';

const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };

describe('GraphiQL, without internet', () => {
  let world: ServedWorld;
  let closed: ServedWorld;
  beforeAll(async () => {
    const sources = supergraphs['interface objects'] ?? {};
    [world, closed] = await Promise.all([
      ServedWorld.open(sources),
      ServedWorld.open(sources, { introspection: false }),
    ]);
  });
  afterAll(() => Promise.all([world.close(), closed.close()]));

  const get = (path: string, { url } = world) => fetch(new URL(path, url));

  test('the page takes everything that it loads from the router, with the right type', async () => {
    const page = await get('/graphiql');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const html = await page.text();
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => String(path));
    const own = loaded.filter((path) => !path.startsWith('data:'));
    expect(own.length).toBeGreaterThan(5);
    for (const path of own) {
      expect(path).toMatch(/^\/graphiql\//);
      const file = await get(path);
      expect([path, file.status]).toEqual([path, 200]);
      expect(file.headers.get('content-type')).toContain(types[path.split('.').at(-1) ?? '']);
      expect((await file.text()).length).toBeGreaterThan(100);
    }
  });

  test('its policy allows nothing from elsewhere, and no script within the page', async () => {
    const page = await get('/graphiql');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toMatch(/https?:|\*/);
    expect(await page.text()).not.toMatch(/<script>|\son\w+=/);
  });

  test.each([
    '/graphiql/../package.json',
    '/graphiql/%2e%2e/package.json',
    '/graphiql/src/main.ts',
    '/graphiql/react/',
  ])('nothing else is served: %s', async (path) => {
    expect((await get(path)).status).toBeGreaterThanOrEqual(400);
  });

  test('where the schema is closed the page is not there', async () => {
    for (const path of ['/graphiql', '/graphiql/page.js', '/graphiql/react.js']) {
      expect((await get(path, closed)).status).toBe(404);
    }
  });
});
