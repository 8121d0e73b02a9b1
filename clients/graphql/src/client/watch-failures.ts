import { ApolloLink } from '@apollo/client';
import { tap } from 'rxjs';
import type { ConnectionMonitor } from './connection-monitor.ts';

/** Tells the monitor which fields are missing because their service did not answer, and when nobody answers at all. */
export function watchFailures(monitor: ConnectionMonitor): ApolloLink {
  return new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      tap({
        next: ({ errors }) => {
          for (const { extensions, path } of errors ?? []) {
            if (extensions?.code !== 'SUBGRAPH_UNAVAILABLE') continue;
            const field = path?.findLast((part) => typeof part === 'string');
            monitor.failed(field ?? operation.operationName ?? '');
          }
        },
      }),
    ),
  );
}
