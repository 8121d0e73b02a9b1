import type { Authenticated } from '../identity/identity.ts';

/** What is known of one client request. */
export interface RouterContext extends Authenticated {
  readonly correlationId: string;
  /** Where it comes from: an IP address. */
  readonly address: string;
  /** Tells subgraphs, signed, who is asking; absent when they are not told. */
  readonly signedIdentity?: string;
  /** The client asked to be told how it is served, and may be. */
  readonly explain?: boolean;
}
