import { z } from 'zod';
import { parsePrometheus, type Samples } from './prometheus-text.ts';
import type { Target } from './target.ts';

/** A process that has not answered by then is taken for one that does not, milliseconds. */
export const PATIENCE_MS = 1_000;
const MOST_SERIES = 5_000;
const MOST_ERRORS = 20;

/** What the map is drawn from; whatever else a process tells is not kept. */
const WANTED = new Set([
  'process_resident_memory_bytes',
  'graphql_operation_duration_seconds_bucket',
  'graphql_operation_duration_seconds_count',
  'message_processing_duration_seconds_bucket',
  'message_processing_duration_seconds_count',
  'messages_published_total',
  'router_fetch_duration_seconds_count',
  'cache_requests_total',
  'telemetry_sent_total',
  'payment_provider_duration_seconds_bucket',
  'payment_provider_duration_seconds_count',
]);

const reportSchema = z.object({
  status: z.enum(['ready', 'degraded', 'draining', 'not ready']),
  dependencies: z.record(z.string(), z.object({ status: z.enum(['up', 'down']), error: z.string().optional() })),
});
export type Dependencies = z.infer<typeof reportSchema>['dependencies'];

const errorsSchema = z.object({
  errors: z.array(
    z.object({
      at: z.coerce.date(),
      message: z.string(),
      traceId: z.string().optional(),
      correlationId: z.string().optional(),
    }),
  ),
});
export type ToldError = z.infer<typeof errorsSchema>['errors'][number];

export interface Condition {
  readonly health: 'UP' | 'DEGRADED' | 'DOWN' | 'UNKNOWN';
  readonly reason: string | null;
}

export interface Scrape {
  readonly condition: Condition;
  /** What it needs, by its own report; absent when there was none. */
  readonly dependencies?: Dependencies;
  /** Absent when it did not tell. */
  readonly samples?: Samples;
  readonly errors?: readonly ToldError[];
}

/** Asks a process how it is, what it has counted, and what went wrong. Never throws. */
export async function scrapeTarget({ url, kind }: Target, closing: AbortSignal): Promise<Scrape> {
  const ask = (path: string) =>
    fetch(new URL(path, url), { signal: AbortSignal.any([closing, AbortSignal.timeout(PATIENCE_MS)]) });
  const metrics = async () =>
    parsePrometheus(await (await ask('/metrics')).text(), (name) => WANTED.has(name), MOST_SERIES);
  const report = async () => reportSchema.parse(await (await ask('/health/ready')).json());
  // The router is open to everyone, so it tells nobody of its errors.
  const errors = async () =>
    kind === 'ROUTER' ? [] : errorsSchema.parse(await (await ask('/errors')).json()).errors.slice(0, MOST_ERRORS);
  const [counted, reported, failed] = await Promise.allSettled([metrics(), report(), errors()]);
  return {
    condition: reported.status === 'fulfilled' ? conditionFrom(reported.value) : absent(reported.reason),
    ...(reported.status === 'fulfilled' && { dependencies: reported.value.dependencies }),
    ...(counted.status === 'fulfilled' && { samples: counted.value }),
    ...(failed.status === 'fulfilled' && { errors: failed.value }),
  };
}

function conditionFrom({ status, dependencies }: z.infer<typeof reportSchema>): Condition {
  const missing = Object.entries(dependencies)
    .filter(([, dependency]) => dependency.status === 'down')
    .map(([name, { error }]) => `${name}: ${error ?? 'down'}`)
    .join('; ');
  switch (status) {
    case 'ready':
      return { health: 'UP', reason: null };
    case 'degraded':
      return { health: 'DEGRADED', reason: missing };
    case 'draining':
      return { health: 'DEGRADED', reason: 'is being stopped' };
    case 'not ready':
      return { health: 'DOWN', reason: missing };
  }
}

function absent(error: unknown): Condition {
  const { name, message, cause } = error as Error & { cause?: { code?: string } };
  if (name === 'TimeoutError') return { health: 'DOWN', reason: `no answer within ${PATIENCE_MS} ms` };
  if (name === 'ZodError' || name === 'SyntaxError') return { health: 'DOWN', reason: 'its health report is none' };
  return { health: 'DOWN', reason: cause?.code === 'ECONNREFUSED' ? 'connection refused' : (cause?.code ?? message) };
}
