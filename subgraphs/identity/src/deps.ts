import type { PostgresMessageStore, PostgresOrm } from '@brigade/service-kit';
import type { Counter } from 'prom-client';
import type { AccessTokenIssuer } from './tokens/access-token.ts';

export interface SessionTimes {
  refreshMs: number;
  graceMs: number;
}

/** What resolvers and use cases work with. */
export interface IdentityDeps {
  orm: PostgresOrm;
  store: PostgresMessageStore;
  issueAccessToken: AccessTokenIssuer;
  times: SessionTimes;
  /** Counts passwords that were hashed and compared: what a login costs. */
  passwordComparisons: Counter;
  now: () => Date;
}
