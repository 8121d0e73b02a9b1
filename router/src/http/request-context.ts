import type { Authenticated } from '../identity/identity.ts';

/** What is known of one client request. */
export interface RouterContext extends Authenticated {
  readonly correlationId: string;
  /** Tells subgraphs, signed, who is asking; absent when they are not told. */
  readonly signedIdentity?: string;
}
