import type { GraphQLFormattedError } from 'graphql';
import type { JsonObject } from './own.ts';
import type { CallSubgraph, HandOn } from './subgraph-call.ts';
import type { WrittenResponse } from './write-response.ts';

/** One run of a plan. */
export interface Execution {
  /** What has been fetched so far, with everything that only subgraphs need. */
  readonly data: JsonObject;
  readonly errors: GraphQLFormattedError[];
  /** As the client sent them. */
  readonly variables: JsonObject;
  /** With the defaults of the operation. */
  readonly defaulted: JsonObject;
  readonly call: CallSubgraph;
  /** Whether a subgraph said of an entity that there is none: it has no fields then, and that is no error. */
  hasAbsent?: boolean;
  /** An error for each field that no subgraph was asked for, should it be null in the end. */
  unasked?: GraphQLFormattedError[];
  /** Where the answer of the only request may be the response. */
  readonly handOn?: HandOn | undefined;
  /** The response, when it was. */
  written?: WrittenResponse | undefined;
}
