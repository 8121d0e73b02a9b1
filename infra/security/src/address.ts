let given = 0;

/**
 * An address of this machine that nobody else calls from, so that a limit by address that one attack has used up does
 * not hit the next one. Only Linux answers on all of 127.0.0.0/8 without being told.
 */
export function newAddress(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  given += 1;
  return `127.1.${(given >> 8) & 255}.${given & 255}`;
}
