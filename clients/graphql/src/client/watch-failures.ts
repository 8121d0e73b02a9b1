import { ApolloLink } from '@apollo/client';
import { tap } from 'rxjs';
import type { ConnectionMonitor } from './connection-monitor.ts';
import { missingFields } from './missing-fields.ts';

/** Tells the monitor which fields are missing because their service did not answer. */
export function watchFailures(monitor: ConnectionMonitor): ApolloLink {
  return new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      tap({
        next: ({ data, errors }) => {
          for (const { extensions, path } of errors ?? []) {
            if (extensions?.code !== 'SUBGRAPH_UNAVAILABLE') continue;
            const field = path?.findLast((part) => typeof part === 'string');
            for (const name of field ? [field] : missingFields(operation.query, data)) monitor.failed(name);
          }
        },
      }),
    ),
  );
}
