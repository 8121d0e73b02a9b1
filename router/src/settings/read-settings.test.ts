import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ConfigurationError, Environment } from '@brigade/service-kit/process';
import { z } from 'zod';
import { readSettings, type CommandLine } from './read-settings.ts';
import { settingsSchema } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
const routerFolder = join(import.meta.dirname, '../..');

function read(text: string | undefined, env: Environment = {}, commandLine: CommandLine = {}) {
  const config = text === undefined ? undefined : join(folder, 'router.yaml');
  if (config && text !== undefined) writeFileSync(config, text);
  return readSettings({ config, ...commandLine }, env);
}
const faultsOf = (...given: Parameters<typeof read>): readonly string[] => {
  try {
    read(...given);
    return [];
  } catch (error) {
    return (error as ConfigurationError).faults;
  }
};

describe("the router's settings", () => {
  test('a supergraph is enough', () => {
    expect(read(undefined, {}, { supergraph: '/a/b.graphql' })).toMatchObject({
      server: { host: '127.0.0.1', port: 4_000 },
      supergraph: { file: '/a/b.graphql', urls: {} },
      subgraphs: { timeoutMs: 10_000 },
    });
    expect(read(undefined, {}, { supergraph: 'b.graphql' }).authentication).toBeUndefined();
  });

  test("the environment's values stand where the file names them, and what is empty is absent", () => {
    const text = [
      'server: { port: "${env.PORT:-5000}" }',
      'supergraph: { file: s.graphql, urls: { menu: "${env.MENU_URL:-}", orders: "${env.ORDERS_URL:-}" } }',
      'cors: { origins: "${env.ORIGINS}" }',
    ].join('\n');
    const env = { ORDERS_URL: 'http://orders.test/graphql', ORIGINS: 'https://a.test, https://b.test' };
    expect(read(text, env)).toMatchObject({
      server: { port: 5_000 },
      supergraph: { file: join(folder, 's.graphql'), urls: { orders: 'http://orders.test/graphql' } },
      cors: { origins: ['https://a.test', 'https://b.test'] },
    });
    expect(read(text, { ...env, PORT: '6001' }).server.port).toBe(6_001);
  });

  test('the command line goes before the file', () => {
    const text = 'server: { port: 1 }\nsupergraph: { file: s.graphql }';
    const settings = read(text, {}, { port: '2', supergraph: '/other.graphql' });
    expect([settings.server.port, settings.supergraph.file]).toEqual([2, '/other.graphql']);
  });

  test("sites are found from the folder of the file; each has a path of its own that is not the router's", () => {
    const sites = (...paths: string[]) =>
      `supergraph: { file: s.graphql }\nsites: [${paths.map((path) => `{ path: ${path}, folder: ../built }`).join()}]`;
    expect(read(sites('/', '/desk')).sites).toEqual(
      ['/', '/desk'].map((path) => ({ path, folder: join(folder, '../built') })),
    );
    expect(read('supergraph: { file: s.graphql }').sites).toEqual([]);
    for (const paths of [['/a', '/a'], ['/graphql'], ['/health/live'], ['/desk/'], ['/../x'], ['desk']]) {
      expect(faultsOf(sites(...paths))[0]).toMatch(/^sites/);
    }
  });

  test('all faults are told at once, each with its place', () => {
    const text = [
      'server: { port: many, colour: red }',
      'supergraph: { urls: { menu: "ftp://menu" } }',
      'authentication: { jwksUrl: "${env.NOWHERE}", issuer: a }',
      'subgraphs: { identity: { header: X-Who, secret: short } }',
    ].join('\n');
    const faults = faultsOf(text, {}, { port: 'x' });
    for (const place of [
      'server.port',
      'server: Unrecognized key: "colour"',
      'supergraph.urls.menu',
      'authentication.jwksUrl: the environment variable NOWHERE is not set',
      'authentication.audience',
      'subgraphs.identity.header',
      'subgraphs.identity.secret',
      '--port',
    ]) {
      expect(faults).toContainEqual(expect.stringContaining(place));
    }
    expect(faults.join()).not.toContain('short');
  });

  test('a file that is not there, or no YAML, is a fault', () => {
    expect(faultsOf(undefined, {}, { config: '/nowhere.yaml' })[0]).toContain('/nowhere.yaml');
    expect(faultsOf('server: [')[0]).toContain('router.yaml');
    expect(faultsOf(undefined)).toEqual(['supergraph.file: is not set, and no --supergraph was given']);
  });

  test("the restaurant's own file is valid, and the JSON schema is the schema", () => {
    const settings = readSettings({ config: join(routerFolder, 'brigade.yaml') }, { ACTOR_SECRET: 'x'.repeat(32) });
    expect(settings.supergraph.file).toMatch(/schema\/supergraph\.graphql$/);
    const written: unknown = JSON.parse(readFileSync(join(routerFolder, 'settings.schema.json'), 'utf8'));
    expect(written).toEqual(z.toJSONSchema(settingsSchema, { io: 'input' }));
  });
});
