import { LabelNames, type Metrics } from '@brigade/service-kit/process';

/** Which names of operations and codes of errors have series of their own. */
export interface OperationLabels {
  readonly names: LabelNames;
  /** Subgraphs choose them. */
  readonly codes: LabelNames;
}

/** No restaurant, and no other supergraph, tells more codes apart. */
const MAX_CODES = 100;

/** @param knownNames of the operations that clients are known to send: they always have series of their own */
export const labelOperations = (
  { graphqlDuration }: Pick<Metrics, 'graphqlDuration'>,
  knownNames: Iterable<string> = [],
): OperationLabels => ({
  names: new LabelNames({ known: knownNames, onEvicted: (name) => graphqlDuration.forget('operation', name) }),
  codes: new LabelNames({
    known: ['ok', 'error'],
    maxOthers: MAX_CODES,
    after: 1,
    onEvicted: (code) => graphqlDuration.forget('outcome', code),
  }),
});
