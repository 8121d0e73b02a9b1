import type { GraphQLFormattedError } from 'graphql';
import type { JsonObject } from './own.ts';
import type { WrittenResponse } from './write-response.ts';

/** What a subgraph is asked: a GraphQL request (over HTTP) as its text. */
export interface SubgraphRequest {
  readonly subgraph: string;
  /** The body: `query`, `operationName`, `variables` as JSON. */
  readonly body: string;
  readonly kind: 'query' | 'mutation';
  /** The operation without its variables: requests of one kind share it. */
  readonly operationName: string | undefined;
  /** Takes an answer as it came, where that may be the client's response. */
  readonly handOn?: HandOn | undefined;
}

/**
 * @param answer its bytes, to be read at once
 * @returns nothing for an answer that must be looked into
 */
export type HandOn = (answer: Buffer) => WrittenResponse | undefined;

/** What it answered: a GraphQL response, whatever the status was. */
export interface SubgraphResponse {
  readonly data?: JsonObject | null;
  readonly errors?: readonly GraphQLFormattedError[];
  /** It was handed on, in the place of everything else. */
  readonly written?: WrittenResponse;
}

/**
 * Asks a subgraph on behalf of one client request.
 * @throws Error with `extensions.code` when there is no such answer
 */
export type CallSubgraph = (request: SubgraphRequest) => Promise<SubgraphResponse>;
