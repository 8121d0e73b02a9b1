import type { ApolloServerPlugin } from '@apollo/server';
import { LabelNames } from '../observe/label-names.ts';
import type { Metrics } from '../observe/metrics.ts';

/**
 * Rate, errors and duration of each operation, by its name (anonymous ones together). The router makes names of those of
 * clients, who may choose any: those that come seldom count as `other`.
 */
export function measureOperations({ graphqlDuration }: Pick<Metrics, 'graphqlDuration'>): ApolloServerPlugin {
  const names = new LabelNames({ onEvicted: (name) => graphqlDuration.forget('operation', name) });
  return {
    async requestDidStart() {
      const started = performance.now();
      return {
        async willSendResponse({ operation, operationName, response }) {
          const errors = response.body.kind === 'single' ? response.body.singleResult.errors : undefined;
          graphqlDuration.observe(
            {
              operation: operationName ? names.labelOf(operationName) : 'anonymous',
              type: operation?.operation ?? 'invalid',
              outcome: errors?.[0] ? String(errors[0].extensions?.code ?? 'error') : 'ok',
            },
            (performance.now() - started) / 1_000,
          );
        },
      };
    },
  };
}
