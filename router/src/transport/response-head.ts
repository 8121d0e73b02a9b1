import { MalformedResponse } from './malformed-response.ts';

/** What the head of an HTTP/1.1 response says, as far as it matters to a client that reads JSON. */
export interface ResponseHead {
  readonly status: number;
  readonly framing: Framing;
  /** Whether the server keeps the connection open after this response. */
  readonly keepAlive: boolean;
  /** `Keep-Alive: timeout=N`: after so many idle milliseconds the server closes the connection. */
  readonly idleMs?: number;
  /** `Keep-Alive: max=N`: the server takes so many requests on one connection. */
  readonly maxRequests?: number;
}

/** Where the body ends (RFC 9112 §6.3). */
export type Framing =
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

/** A status line and field lines; no folded lines (RFC 9112 §5.2), no white space before a colon (§5.1). */
const WELL_FORMED = /^HTTP\/1\.[01] [1-5]\d\d(?: [^\r\n\0]*)?(?:\r\n[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n\0]*)*$/;
const RELEVANT = /\r\n(connection|content-length|transfer-encoding|keep-alive):([^\r\n]*)/gi;
const LENGTH = /^\d{1,15}$/;

/**
 * @param text everything before the empty line, as latin1
 * @throws MalformedResponse where the head is malformed, or does not say beyond doubt where the body ends
 */
export function parseHead(text: string): ResponseHead {
  if (!WELL_FORMED.test(text)) throw new MalformedResponse('no head of an HTTP/1.1 response');
  const status = Number(text.slice(9, 12));
  const fields = fieldsOf(text);
  const connection = tokens(fields.get('connection'));
  const keepAlive = text.startsWith('HTTP/1.1') ? !connection.includes('close') : connection.includes('keep-alive');
  const framing = framingOf(status, fields);
  const hint = fields.get('keep-alive') ?? '';
  const seconds = /(?:^|[\s,;])timeout=(\d{1,9})/i.exec(hint)?.[1];
  const max = /(?:^|[\s,;])max=(\d{1,9})/i.exec(hint)?.[1];
  return {
    status,
    framing,
    keepAlive: keepAlive && framing.kind !== 'until-close',
    ...(seconds !== undefined && { idleMs: Number(seconds) * 1_000 }),
    ...(max !== undefined && { maxRequests: Number(max) }),
  };
}

/** By name in lower case; of a field that is sent several times, the values joined (RFC 9110 §5.3). */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(RELEVANT)) {
    const key = name.toLowerCase();
    const before = fields.get(key);
    fields.set(key, before === undefined ? value.trim() : `${before}, ${value.trim()}`);
  }
  return fields;
}

const tokens = (value = ''): readonly string[] =>
  value
    .toLowerCase()
    .split(',')
    .map((token) => token.trim());

function framingOf(status: number, fields: ReadonlyMap<string, string>): Framing {
  const encoding = fields.get('transfer-encoding');
  const length = fields.get('content-length');
  // Both together may be an attempt at response smuggling (RFC 9112 §6.3).
  if (encoding !== undefined && length !== undefined) throw new MalformedResponse('two ways to tell its length');
  if (length !== undefined && !LENGTH.test(length)) throw new MalformedResponse('a content-length that is no number');
  if (status < 200 || status === 204 || status === 304) return { kind: 'length', length: 0 };
  if (encoding !== undefined) {
    if (encoding.toLowerCase() !== 'chunked') throw new MalformedResponse(`the transfer encoding ${encoding}`);
    return { kind: 'chunked' };
  }
  return length === undefined ? { kind: 'until-close' } : { kind: 'length', length: Number(length) };
}
