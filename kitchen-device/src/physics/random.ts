/** Numbers in [0, 1) that depend on the seed alone. Mulberry32 (T. Ettinger, public domain): 32 bits of state. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** About normal with mean 0 and deviation 1: the sum of four uniform numbers, each of variance 1/12. */
export const bellNoise = (random: () => number): number =>
  (random() + random() + random() + random() - 2) * Math.sqrt(3);

/** A seed for each name, so that one device's noise does not depend on how many others there are (FNV-1a). */
export function seedFor(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
