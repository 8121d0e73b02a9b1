/**
 * The key of something that is kept by several parts which clients choose. Two different lists of parts never have the
 * same key, whatever the parts contain: each part stands behind its length, and an absent part differs from an empty one.
 */
export function compoundKey(...parts: readonly (string | undefined)[]): string {
  let key = '';
  for (const part of parts) key += part === undefined ? '-' : `${part.length}:${part}`;
  return key;
}
