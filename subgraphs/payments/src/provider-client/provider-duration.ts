import { HotHistogram, durationBuckets, type Metrics } from '@brigade/service-kit';

/** How long calls of the provider take that were made: those that the circuit breaker kept back are none. */
export const providerDuration = ({ registry }: Metrics): HotHistogram<'operation' | 'outcome'> =>
  new HotHistogram({
    name: 'payment_provider_duration_seconds',
    help: 'Duration of calls of the payment provider by operation and outcome (ok, refused, failed)',
    labelNames: ['operation', 'outcome'],
    buckets: durationBuckets,
    registers: [registry],
  });
