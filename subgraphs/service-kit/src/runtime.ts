import { CloseStack } from './lifecycle/stack.ts';
import { Health } from './observe/health.ts';
import { createLogger, type Logger } from './observe/logger.ts';
import { createMetrics, type Metrics } from './observe/metrics.ts';
import { RecentErrors } from './observe/recent-errors.ts';
import { createTracing, type Tracing } from './observe/tracing.ts';

/** What each service has before it opens anything. */
export interface Runtime {
  name: string;
  log: Logger;
  /** What the log has told of errors lately. */
  errors: RecentErrors;
  metrics: Metrics;
  tracing: Tracing;
  health: Health;
  /** Closed in reverse order of opening when the service stops, or when its start fails half-way. */
  stack: CloseStack;
}

export function createRuntime(
  name: string,
  config: {
    INSTANCE_ID: string;
    LOG_LEVEL: string;
    OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  },
): Runtime {
  const errors = new RecentErrors();
  const log = createLogger(name, config.LOG_LEVEL, undefined, errors);
  const tracing = createTracing(name, config.OTEL_EXPORTER_OTLP_ENDPOINT);
  const stack = new CloseStack(log);
  stack.defer('tracing', () => tracing.stop());
  const health = new Health({ service: name, instance: config.INSTANCE_ID });
  return { name, log, errors, metrics: createMetrics(name), tracing, health, stack };
}

/** Opens a service with its runtime; if that fails half-way, logs why, closes what had been opened and throws on. */
export async function openWith<T>(runtime: Runtime, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    // At once: closing may take seconds, and whoever waits for the service reads its log.
    runtime.log.fatal({ err: error }, 'could not start');
    await runtime.stack.close();
    throw error;
  }
}

/** For a command that ends by itself: opens what it needs with a runtime of its own, and closes all of it afterwards. */
export async function withRuntime<C extends Parameters<typeof createRuntime>[1], T>(
  name: string,
  config: C,
  work: (runtime: Runtime) => Promise<T>,
): Promise<T> {
  const runtime = createRuntime(name, config);
  try {
    return await work(runtime);
  } finally {
    await runtime.stack.close();
  }
}
