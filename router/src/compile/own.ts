/** Answers of subgraphs and aliases of clients are names that nobody vouches for: `__proto__` and `constructor` among them. */

/** Names that every plain object seems to have. */
export const inheritedNames: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Sets a property of its own, also where an assignment would reach the prototype. */
export function setOwn(target: object, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else (target as Record<string, unknown>)[key] = value;
}

/** Reads a property of its own only. */
export function getOwn(source: object, key: string): unknown {
  if (inheritedNames.has(key) && !Object.hasOwn(source, key)) return undefined;
  return (source as Record<string, unknown>)[key];
}

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
