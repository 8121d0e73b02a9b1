import type { Actor } from '../actor/actor.ts';
import type { Logger } from '../observe/logger.ts';

/** What a resolver knows about the request. */
export interface RequestContext {
  actor: Actor;
  correlationId: string;
  log: Logger;
  /** The request's own instance of something, e.g. a DataLoader: made at the first call, gone with the request. */
  once<T>(key: symbol, make: () => T): T;
}

export function createRequestContext(actor: Actor, correlationId: string, log: Logger): RequestContext {
  const made = new Map<symbol, unknown>();
  return {
    actor,
    correlationId,
    log,
    once<T>(key: symbol, make: () => T): T {
      if (!made.has(key)) made.set(key, make());
      return made.get(key) as T;
    },
  };
}
