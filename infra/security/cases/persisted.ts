import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Attack } from '../src/attack.ts';
import { postJson } from '../src/transports/post.ts';
import { plainTransports, type Operation } from '../src/transports/index.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const persisted = (hash: unknown, query?: string): Operation => ({
  ...(query !== undefined && { query }),
  extensions: { persistedQuery: { version: 1, sha256Hash: hash } },
});

const HARMLESS = '{ me { id } }';
const HARMFUL = '{ me { id email roles } }';
/** What the harmful one wants to be taken for. */
const ADMIRED = '{ categories { id } }';
const UNKNOWN = { denied: 'PERSISTED_QUERY_NOT_FOUND' } as const;

/** Automatic persisted queries: texts that are known by their hash. */
export const persistedQueries: readonly Attack[] = [
  {
    name: 'a hash that nobody knows',
    over: plainTransports,
    operation: persisted(sha256('nothing')),
    expected: UNKNOWN,
  },
  {
    name: 'the hash of another text: it is not run, and not kept',
    over: plainTransports,
    operation: persisted(sha256(ADMIRED), HARMFUL),
    expected: { refused: 400, code: 'BAD_REQUEST' },
    async holds(stage) {
      const { url } = await stage.door('production');
      const { body } = await postJson(url, persisted(sha256(ADMIRED)));
      expect(body?.errors?.[0]?.extensions?.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    },
  },
  {
    name: 'a text that is not valid is not kept',
    over: plainTransports,
    operation: persisted(sha256('{ nothing }'), '{ nothing }'),
    expected: { refused: 400, code: 'GRAPHQL_VALIDATION_FAILED' },
    async holds(stage) {
      const { url } = await stage.door('production');
      const { body } = await postJson(url, persisted(sha256('{ nothing }')));
      expect(body?.errors?.[0]?.extensions?.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    },
  },
  {
    name: 'a text that is too large is refused, with its hash as well',
    over: ['fast lane', 'compatibility lane'],
    operation: persisted(sha256(large()), large()),
    expected: { refused: 400, code: 'OPERATION_TOO_LARGE' },
  },
  {
    name: 'introspection by its hash',
    over: plainTransports,
    operation: persisted(sha256('{ __schema { queryType { name } } }'), '{ __schema { queryType { name } } }'),
    expected: { refused: 400, code: 'GRAPHQL_VALIDATION_FAILED' },
  },
  {
    name: 'a hash that is an object',
    over: plainTransports,
    operation: persisted({ $ne: null }),
    expected: { nothing: ['PERSISTED_QUERY_NOT_FOUND', 'BAD_REQUEST'] },
  },
  {
    name: 'a hash of a megabyte, nearly',
    over: ['fast lane', 'compatibility lane'],
    operation: persisted('0'.repeat(900_000)),
    expected: { nothing: ['PERSISTED_QUERY_NOT_FOUND', 'BAD_REQUEST'] },
  },
  {
    name: 'a version that there is not',
    over: plainTransports,
    operation: { query: HARMLESS, extensions: { persistedQuery: { version: 2, sha256Hash: sha256(HARMLESS) } } },
    expected: { refused: 400, code: 'BAD_REQUEST' },
  },
  {
    name: 'GET of a mutation by its hash, sent before by POST',
    over: ['GET'],
    async operation(stage) {
      const mutation = 'mutation { logout(refreshToken: "none") }';
      const { url } = await stage.door('production');
      await postJson(url, persisted(sha256(mutation), mutation));
      return persisted(sha256(mutation));
    },
    expected: { refused: 405, code: 'BAD_REQUEST' },
  },
];

function large(): string {
  return `{ me { ${Array.from({ length: 40 }, (_none, n) => `a${n}: id`).join(' ')} } }`;
}
