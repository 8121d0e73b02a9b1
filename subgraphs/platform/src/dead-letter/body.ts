import { UnreadableJson, readJson } from '@brigade/schema';
import type { Body } from './dead-letter.ts';

/** The most of a body that is kept, bytes: what is larger no consumer reads either. */
export const MAX_KEPT_BYTES = 4 * 1024 * 1024;

/** PostgreSQL's text and jsonb can keep neither NUL nor half a surrogate pair. */
const isKeepable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

export const keepable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

/** Whether a JSON value can be kept as jsonb and written again as it was: its text, keys included, and its numbers. */
export function isKeepableJson(value: unknown): boolean {
  if (typeof value === 'string') return isKeepable(value);
  if (typeof value === 'number') return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, part]) => isKeepable(key) && isKeepableJson(part));
}

/** The body of a delivery: a JSON object or array stays one, whatever else it is is kept byte by byte. */
export function bodyOf(bytes: Buffer, contentType = ''): Body {
  const value = jsonIn(bytes);
  return value && isKeepableJson(value) ? { kind: 'json', value } : rawBody(bytes, contentType);
}

export const rawBody = (bytes: Buffer, contentType = ''): Body => ({
  kind: 'raw',
  base64: bytes.subarray(0, MAX_KEPT_BYTES).toString('base64'),
  contentType: keepable(contentType),
});

function jsonIn(bytes: Buffer): object | undefined {
  try {
    const value = readJson(bytes);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch (error) {
    if (error instanceof UnreadableJson) return undefined;
    throw error;
  }
}

/** The bytes of a body that is kept as such. */
export const bytesOf = (body: Body): Buffer =>
  body.kind === 'raw' ? Buffer.from(body.base64, 'base64') : Buffer.from(JSON.stringify(body.value));
