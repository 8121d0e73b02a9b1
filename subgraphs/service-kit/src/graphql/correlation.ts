import { v7 as uuidv7 } from 'uuid';

/** Carries the id that joins everything that one request of a user sets in motion. */
export const CORRELATION_HEADER = 'x-correlation-id';

const ACCEPTED = /^[\w.:-]{1,200}$/;

/**
 * The caller's correlation id, or a new one where it gave none that can travel in logs and messages: up to 200 letters,
 * digits, `_`, `.`, `:` and `-`.
 */
export const correlationIdFrom = (given: unknown): string =>
  typeof given === 'string' && ACCEPTED.test(given) ? given : uuidv7();
