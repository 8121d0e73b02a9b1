import { ConcurrencyConflict } from '../errors/delivery-errors.ts';

const ATTEMPTS = 5;

/** Errors that mean "somebody else was first": SQLSTATE 40001 and 40P01, MongoDB's WriteConflict, optimistic locks. */
function isLostRace(error: unknown): boolean {
  if (error instanceof ConcurrencyConflict) return true;
  const { name, code, cause, hasErrorLabel } = error as {
    name?: string;
    code?: unknown;
    cause?: unknown;
    hasErrorLabel?: (label: string) => boolean;
  };
  if (name === 'OptimisticLockError' || code === '40001' || code === '40P01' || code === 112) return true;
  if (hasErrorLabel?.call(error, 'TransientTransactionError')) return true;
  return cause instanceof Error && isLostRace(cause);
}

/** Tries `work` again after a lost race, up to five times, with a short random pause between. */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS || !isLostRace(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
    }
  }
}
