import { context } from '@opentelemetry/api';
import { currentWork, runInWork } from './context.ts';
import { contextFrom, currentTraceparent } from './tracing.ts';

/**
 * What somebody asked for that is still being worked on after his request and its messages are done: kept with what is
 * worked on, as JSON, so that work by timer or by device goes on under the same ids.
 */
export interface Origin {
  correlationId: string;
  /** W3C trace context; null where there was no trace. */
  traceparent: string | null;
}

/** Of the request or message that is being handled; null outside of both. */
export function currentOrigin(): Origin | null {
  const work = currentWork();
  return work ? { correlationId: work.correlationId, traceparent: currentTraceparent() ?? null } : null;
}

/** Runs work under the ids of where it comes from. `origin` is null for what was kept before origins were. */
export function runInOrigin<T>(origin: Origin | null, orderId: string, causationId: string, work: () => T): T {
  const ids = { correlationId: origin?.correlationId ?? orderId, causationId, orderId };
  const inWork = () => runInWork(ids, work);
  return origin?.traceparent ? context.with(contextFrom(origin.traceparent), inWork) : inWork();
}
