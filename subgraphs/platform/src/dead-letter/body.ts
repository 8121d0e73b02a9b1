import type { Body } from './dead-letter.ts';

/** PostgreSQL's text and jsonb can keep neither NUL nor half a surrogate pair. */
const isKeepable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

export const keepable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

/** Whether all text in a JSON value, keys included, can be kept as jsonb. */
export function isKeepableJson(value: unknown): boolean {
  if (typeof value === 'string') return isKeepable(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, part]) => isKeepable(key) && isKeepableJson(part));
}

/**
 * The body of a delivery: an object or array that arrived as JSON stays one, whatever else it is is kept byte by byte.
 * @param arrived the parsed JSON, or the text or bytes of what could not be parsed
 */
export function bodyOf(arrived: unknown, contentType = ''): Body {
  if (Buffer.isBuffer(arrived)) return { kind: 'raw', base64: arrived.toString('base64'), contentType };
  if (typeof arrived === 'object' && arrived !== null && isKeepableJson(arrived))
    return { kind: 'json', value: arrived };
  // A string is the text of `text/plain`, or, from `application/json`, a JSON string: the bytes tell the two apart.
  const text = typeof arrived === 'string' && contentType !== 'application/json' ? arrived : JSON.stringify(arrived);
  return { kind: 'raw', base64: Buffer.from(text).toString('base64'), contentType };
}

/** The bytes of a body, for its hash. */
export const bytesOf = (body: Body): Buffer =>
  body.kind === 'raw' ? Buffer.from(body.base64, 'base64') : Buffer.from(JSON.stringify(body.value));
