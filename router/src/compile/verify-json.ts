/** There is something else than what should be. */
export const ELSE = -1;

const [QUOTE, BACKSLASH, SPACE] = [0x22, 0x5c, 0x20];
const [MINUS, DOT, ZERO, NINE] = [0x2d, 0x2e, 0x30, 0x39];
const [LOWER_U, LOWER_E, UPPER_E] = [0x75, 0x65, 0x45];

/** More digits may not be a number as JavaScript has it. */
const MOST_DIGITS = 15;

const escapable = new Set(Buffer.from('"\\/bfnrt'));
const hexadecimal = new Set(Buffer.from('0123456789abcdefABCDEF'));

/**
 * @param at where a string of JSON should begin
 * @returns where it ends, or ELSE
 */
export function passString(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== QUOTE) return ELSE;
  for (let index = at + 1; index < bytes.length; index += 1) {
    const byte = bytes[index] as number;
    if (byte === QUOTE) return index + 1;
    if (byte < SPACE) return ELSE;
    if (byte === BACKSLASH) {
      index = passEscape(bytes, index + 1);
      if (index === ELSE) return ELSE;
    }
  }
  return ELSE;
}

/** @returns where its last character is */
function passEscape(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number;
  if (byte !== LOWER_U) return escapable.has(byte) ? at : ELSE;
  for (let index = at + 1; index <= at + 4; index += 1) if (!hexadecimal.has(bytes[index] as number)) return ELSE;
  return at + 4;
}

/** @param at where an integer of JSON should begin, without an exponent @returns where it ends, or ELSE */
export function passInteger(bytes: Uint8Array, at: number): number {
  const end = passDigits(bytes, at);
  return end === ELSE || isMoreOfNumber(bytes[end]) ? ELSE : end;
}

/** @param at where a number of JSON should begin, without an exponent @returns where it ends, or ELSE */
export function passNumber(bytes: Uint8Array, at: number): number {
  let end = passDigits(bytes, at);
  if (end !== ELSE && bytes[end] === DOT) {
    const from = end + 1;
    end = from;
    while (isDigit(bytes[end])) end += 1;
    if (end === from || end - at > MOST_DIGITS) return ELSE;
  }
  return end === ELSE || isMoreOfNumber(bytes[end]) ? ELSE : end;
}

function passDigits(bytes: Uint8Array, at: number): number {
  const from = bytes[at] === MINUS ? at + 1 : at;
  let end = from;
  while (isDigit(bytes[end])) end += 1;
  if (end === from || end - from > MOST_DIGITS) return ELSE;
  // Of zeros there is one only, and -0 is written in another way.
  return bytes[from] === ZERO && (end - from > 1 || from > at) ? ELSE : end;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE;

/** A fraction or an exponent. */
const isMoreOfNumber = (byte: number | undefined): boolean => byte === DOT || byte === LOWER_E || byte === UPPER_E;

/** @returns where the text ends, or ELSE where it does not stand */
export function passText(bytes: Uint8Array, at: number, text: Uint8Array): number {
  for (let index = 0; index < text.length; index += 1) if (bytes[at + index] !== text[index]) return ELSE;
  return at + text.length;
}

/** @returns where one of the texts ends, or ELSE where none of them stands */
export function passOneOf(bytes: Uint8Array, at: number, texts: readonly Uint8Array[]): number {
  for (const text of texts) {
    const end = passText(bytes, at, text);
    if (end !== ELSE) return end;
  }
  return ELSE;
}
