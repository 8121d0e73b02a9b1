import type { IncomingHttpHeaders } from 'node:http';
import { MIMEType } from 'node:util';
import { rememberTexts } from '../cache/remember-texts.ts';

/** What a body says it is. */
export interface BodyType {
  readonly isJson: boolean;
  /** Whether it is in another charset than UTF-8, which alone is JSON (RFC 8259, 8.1), or in several. */
  readonly hasOtherCharset: boolean;
}

const NONE: BodyType = { isJson: false, hasOtherCharset: false };
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/** Reads `content-type` as browsers do (WHATWG MIME Sniffing): any parameters may stand beside the charset. */
export const bodyTypeOf = (headers: IncomingHttpHeaders): BodyType => {
  const type = headers['content-type'];
  return type === undefined ? NONE : read(type);
};

const read = rememberTexts((text: string): BodyType => {
  let type: MIMEType;
  try {
    type = new MIMEType(text);
  } catch {
    // No media type, so not JSON; one that names a charset all the same is refused for that.
    return { isJson: false, hasOtherCharset: charsetsIn(text) > 0 };
  }
  const charset = type.params.get('charset');
  return {
    isJson: type.essence === 'application/json',
    hasOtherCharset: (charset !== null && !/^utf-?8$/i.test(charset)) || charsetsIn(text) > 1,
  };
});

/** How often it names a charset. Of two, parsers choose differently. */
const charsetsIn = (text: string): number => text.replaceAll(QUOTED, '""').match(/;\s*charset\s*=/gi)?.length ?? 0;
