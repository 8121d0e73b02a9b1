import type { Door } from './door.ts';

/** So many times another client is served before something that does not move counts as held back. */
const ROUNDS = 40;

/**
 * Whether something that grows stops before it has reached `end`. Time does not tell, because a machine may be busy:
 * it stands still while another client is served again and again.
 */
export async function stalls(door: Door, progress: () => number, end: number): Promise<boolean> {
  let last = progress();
  for (let still = 0; still < ROUNDS; still += 1) {
    if (progress() >= end) return false;
    await door.serves();
    if (progress() === last) continue;
    last = progress();
    still = 0;
  }
  return true;
}
