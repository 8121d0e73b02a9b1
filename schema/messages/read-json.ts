/** The largest body of a message, bytes. The largest that the house itself sends are some kilobytes. */
export const MAX_JSON_BYTES = 2 * 1024 * 1024;
/** How deep a message may be nested. Much deeper ones exhaust the stack of whatever writes them again. */
export const MAX_JSON_DEPTH = 64;

/** Why some bytes are not JSON that a message may be. The text is readable, whatever the bytes are. */
export class UnreadableJson extends Error {
  override readonly name = 'UnreadableJson';
}

/**
 * JSON from bytes of unknown origin (RFC 8259: UTF-8; a byte order mark is ignored).
 * @throws UnreadableJson when they are too many, not UTF-8, not JSON, or nested too deep
 */
export function readJson(bytes: Uint8Array): unknown {
  if (bytes.length > MAX_JSON_BYTES) throw new UnreadableJson(`${bytes.length} bytes, of ${MAX_JSON_BYTES} at most`);
  const text = decode(bytes);
  if (nestedDeeperThan(text, MAX_JSON_DEPTH)) throw new UnreadableJson(`nested deeper than ${MAX_JSON_DEPTH} levels`);
  try {
    return JSON.parse(text);
  } catch {
    // What the parser says quotes the text, whatever that is.
    throw new UnreadableJson(`not JSON: ${bytes.length === 0 ? 'it is empty' : `${bytes.length} bytes`}`);
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableJson('not UTF-8');
  }
}

/** Looks at brackets outside of strings only; whether the rest is JSON is for the parser to say. */
function nestedDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') {
      depth += 1;
      if (depth > limit) return true;
    } else if (character === ']' || character === '}') depth -= 1;
  }
  return false;
}
