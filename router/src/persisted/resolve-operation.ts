import { createHash } from 'node:crypto';
import { isObject } from '../compile/own.ts';
import type { GraphQLParams } from '../pipeline/engine.ts';
import { Refusal, refusal } from '../pipeline/refusal.ts';
import type { PersistedQueryStore } from './persisted-query-store.ts';

const HASH = /^[0-9a-f]{64}$/;

export interface ResolvedOperation {
  /** Its text. */
  readonly source: string;
  /** Under which it may be kept; absent when it is known already, or came without. */
  readonly hash?: string;
}

/**
 * The text of the operation that a request is about: what it brings, or what its hash stands for (automatic persisted
 * queries, and the operations of the safelist).
 * @param store absent when hashes are not served
 * @throws Refusal: 400; 200 for a hash that nobody knows, as clients that then send the text expect it
 */
export function resolveOperation(
  { query, extensions }: GraphQLParams,
  store: PersistedQueryStore | undefined,
): ResolvedOperation | Promise<ResolvedOperation> {
  const asked = extensions?.persistedQuery;
  if (asked === undefined || asked === null) return { source: query || missing() };
  if (!isObject(asked) || asked.version !== 1 || typeof asked.sha256Hash !== 'string') {
    throw refusal(400, 'BAD_REQUEST', '`extensions.persistedQuery` is no hash of version 1.');
  }
  const hash = asked.sha256Hash;
  if (query === undefined || query === '') return known(store, hash);
  if (!HASH.test(hash) || createHash('sha256').update(query).digest('hex') !== hash) {
    throw refusal(400, 'BAD_REQUEST', 'provided sha does not match query');
  }
  return { source: query, hash };
}

async function known(store: PersistedQueryStore | undefined, hash: string): Promise<ResolvedOperation> {
  if (!store) throw told('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED');
  const source = await store.find(hash);
  if (source === undefined) throw told('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND');
  return { source };
}

const told = (message: string, code: string): Refusal => new Refusal(200, [{ message, extensions: { code } }]);

function missing(): never {
  throw refusal(400, 'BAD_REQUEST', 'The request names no operation: `query` is missing.');
}
