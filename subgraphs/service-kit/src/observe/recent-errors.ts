import { context, trace } from '@opentelemetry/api';
import { currentWork } from './context.ts';

const KEPT = 20;
const LONGEST_MESSAGE = 300;

export interface RecentError {
  /** ISO 8601. */
  at: string;
  message: string;
  traceId?: string;
  correlationId?: string;
}

/**
 * The last entries of a service's log that are errors, in memory: what failed, not with which data. An error's own
 * message may hold what a user typed (a query with its parameters), so of an error its class is told.
 */
export class RecentErrors {
  readonly #entries: RecentError[] = [];

  /** @param given what the logger was given: fields and a message, or a message alone */
  note(given: readonly unknown[]): void {
    const [first, second] = given;
    const said = typeof first === 'string' ? first : typeof second === 'string' ? second : undefined;
    const error = first instanceof Error ? first : (first as { err?: unknown } | null | undefined)?.err;
    const kind = error instanceof Error ? error.name : undefined;
    const message = [said ?? 'an error', kind && `(${kind})`].filter(Boolean).join(' ');
    const correlationId = currentWork()?.correlationId;
    const traceId = trace.getSpan(context.active())?.spanContext().traceId;
    this.#entries.unshift({
      at: new Date().toISOString(),
      message: message.slice(0, LONGEST_MESSAGE),
      ...(traceId && { traceId }),
      ...(correlationId && { correlationId }),
    });
    this.#entries.length = Math.min(this.#entries.length, KEPT);
  }

  /** The newest first. */
  list(): readonly RecentError[] {
    return this.#entries;
  }
}
