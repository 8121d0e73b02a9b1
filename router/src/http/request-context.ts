import type { Identity } from '../identity/identity.ts';

/** What is known of one client request. */
export interface RouterContext {
  readonly correlationId: string;
  readonly identity: Identity;
  /** Tells subgraphs, signed, who is asking; absent when they are not told. */
  readonly signedIdentity?: string;
}
