/** Integers with fewer digits are exact as JavaScript has numbers. */
const LONG_INTEGER = /\d{16}/;
const INTEGER = /^-?\d+$/;

/**
 * JSON.parse, but an integer that a number can not hold exactly (beyond 2^53) becomes a bigint: ids that differ stay
 * different, and the router forwards what came.
 * @throws SyntaxError; RangeError for what is nested too deeply
 */
export function parseExact(text: string): unknown {
  return LONG_INTEGER.test(text) ? (JSON.parse(text, exactInteger) as unknown) : (JSON.parse(text) as unknown);
}

function exactInteger(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && INTEGER.test(source) ? BigInt(source) : value;
}

// Everything that writes JSON, Apollo Server among them, then writes a bigint as the integer that it is.
Object.defineProperty(BigInt.prototype, 'toJSON', {
  value(this: bigint) {
    return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(this.toString());
  },
  configurable: true,
  writable: true,
});
