import { compoundKey } from '../cache/compound-key.ts';
import type { JsonObject } from '../compile/own.ts';
import type { Identity } from '../identity/identity.ts';

/**
 * Queries that are under way, by what they ask and who asks. Whoever asks the same meanwhile is given the same answer;
 * but nobody who asks after a mutation was answered is given what may have been read before it.
 */
export class SharedQueries<T> {
  #underWay = new Map<string, Promise<T>>();

  static keyOf(operationName: string | undefined, source: string, variables: JsonObject, identity: Identity): string {
    const who = identity.kind === 'user' ? JSON.stringify(identity) : undefined;
    return compoundKey(who, operationName, JSON.stringify(variables), source);
  }

  run(key: string, ask: () => Promise<T>, onShared: () => void): Promise<T> {
    const underWay = this.#underWay;
    const known = underWay.get(key);
    if (known) {
      onShared();
      return known;
    }
    const asked = ask().finally(() => underWay.delete(key));
    underWay.set(key, asked);
    return asked;
  }

  /** What is asked from now on is asked anew. */
  invalidate(): void {
    if (this.#underWay.size > 0) this.#underWay = new Map();
  }
}
