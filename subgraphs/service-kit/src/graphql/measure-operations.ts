import type { ApolloServerPlugin } from '@apollo/server';
import type { Metrics } from '../observe/metrics.ts';

/** Rate, errors and duration of each operation, by its name (anonymous ones together). */
export function measureOperations(metrics: Metrics): ApolloServerPlugin {
  return {
    async requestDidStart() {
      const started = performance.now();
      return {
        async willSendResponse({ operation, operationName, response }) {
          const errors = response.body.kind === 'single' ? response.body.singleResult.errors : undefined;
          metrics.graphqlDuration.observe(
            {
              operation: operationName ?? 'anonymous',
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
