/** Numbers from 0 to below 1, the same for the same seed (mulberry32, Tommy Ettinger, public domain). */
export function randomFrom(...seeds: readonly number[]): () => number {
  let state = seeds.reduce((mixed, seed) => mix(mixed ^ Math.trunc(seed)), 0x9e3779b9);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    return (mix(state) >>> 0) / 2 ** 32;
  };
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), value | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return mixed ^ (mixed >>> 14);
}
