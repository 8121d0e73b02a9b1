/** Where JSON is written, byte by byte. What does not fit is dropped but counted: the place is then beyond the end. */
export interface JsonOutput {
  readonly bytes: Buffer;
  /** Whether all that was written is ASCII. */
  isAscii: boolean;
}

/** Below it, and these two, are characters that JSON writes in another way; above it, others than ASCII. */
const [SPACE, TILDE] = [0x20, 0x7e];
const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [MINUS, ZERO] = [0x2d, 0x30];

/**
 * Writes a string as JSON.stringify would.
 * @param at where it begins
 * @returns where it ends
 */
export function writeString(text: string, output: JsonOutput, at: number): number {
  const { bytes } = output;
  const { length } = text;
  const begin = at + 1;
  bytes[at] = QUOTE;
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < SPACE || code > TILDE || code === QUOTE || code === BACKSLASH) return writeJson(text, output, at);
    bytes[begin + index] = code;
  }
  bytes[begin + length] = QUOTE;
  return begin + length + 1;
}

/** Writes a finite number, or an integer that a number can not hold, as JSON.stringify would. */
export function writeNumber(value: number | bigint, output: JsonOutput, at: number): number {
  if (typeof value === 'bigint' || (value | 0) !== value || value === -0x80000000) return writeJson(value, output, at);
  const { bytes } = output;
  let begin = at;
  let rest = value;
  if (rest < 0) {
    bytes[begin] = MINUS;
    begin += 1;
    rest = -rest;
  }
  let end = begin + 1;
  for (let bound = 10; rest >= bound; bound *= 10) end += 1;
  for (let place = end - 1; place >= begin; place -= 1) {
    const tens = (rest / 10) | 0;
    bytes[place] = ZERO + rest - tens * 10;
    rest = tens;
  }
  return end;
}

/** Writes whatever JSON has. */
export function writeJson(value: unknown, output: JsonOutput, at: number): number {
  const { bytes } = output;
  const text = JSON.stringify(value);
  const length = Buffer.byteLength(text);
  if (length !== text.length) output.isAscii = false;
  if (at + length <= bytes.length) bytes.write(text, at, length, 'utf8');
  return at + length;
}
