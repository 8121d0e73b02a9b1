/** Numbers that look like chance and are always the same for the same text. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  between(least: number, most: number): number;
  pick<const T>(of: readonly [T, ...T[]]): T;
}

/** FNV-1a of the text seeds mulberry32: small, and good enough to the eye. */
export function randomOf(text: string): Random {
  let state = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01_00_01_93);
  }
  const next = () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_00_00_00_00;
  };
  return {
    next,
    between: (least, most) => least + next() * (most - least),
    pick: (of) => of[Math.floor(next() * of.length)] ?? of[0],
  };
}
