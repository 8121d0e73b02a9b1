import type { PostgresMessageStore, PostgresOrm } from '@brigade/service-kit';
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
  now: () => Date;
}
