import type { Answer } from '../answer.ts';

/** A GraphQL request. Whatever stands in `variables` and `extensions` is sent, keys such as `__proto__` too. */
export interface Operation {
  readonly query?: string;
  readonly variables?: unknown;
  readonly operationName?: unknown;
  readonly extensions?: unknown;
}

export interface Credentials {
  /** An access token; absent for nobody. */
  readonly token?: string | undefined;
  /** Further headers; over WebSocket they go with the upgrade, and into `connection_init` as well. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Where it comes from; an address of its own by default. */
  readonly from?: string | undefined;
  /** Breaks it off: what comes is not waited for any more. */
  readonly signal?: AbortSignal | undefined;
}

/** Sends an operation in one way, and answers with what became of it: of a subscription, its first event. */
export type Send = (url: string, operation: Operation, credentials?: Credentials) => Promise<Answer>;

export const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };
