import { IRREGULAR, type Write } from './generate-writer.ts';
import type { JsonObject } from './own.ts';
import type { ProjectionContext } from './projector.ts';
import type { JsonOutput } from './write-json.ts';

/** A GraphQL response as JSON. */
export interface WrittenResponse {
  readonly text: string;
  /** Its length in UTF-8. */
  readonly bytes: number;
}

const BEGIN = Buffer.from('{"data":');
const END = '}'.charCodeAt(0);
/** Longer responses are put together as objects first. */
const MOST_BYTES = 16 * 1_048_576;

/** One for all: a response is written in one go. It grows to the longest one. */
let output = outputOf(262_144);

/**
 * Writes `{"data": …}`.
 * @param write of the root
 * @param data what was fetched
 * @returns nothing when the response can't be written in one go
 */
export function writeResponse(
  write: Write,
  data: JsonObject,
  context: Pick<ProjectionContext, 'variables' | 'cost'>,
): WrittenResponse | undefined {
  for (;;) {
    output.isAscii = true;
    context.cost = 0;
    const end = write(data, output, BEGIN.length, context);
    const bytes = end + 1;
    if (end === IRREGULAR || bytes > MOST_BYTES) return undefined;
    if (bytes <= output.bytes.length) {
      output.bytes[end] = END;
      const text = output.bytes.toString(output.isAscii ? 'latin1' : 'utf8', 0, bytes);
      return { text, bytes };
    }
    output = outputOf(2 ** Math.ceil(Math.log2(bytes)));
  }
}

function outputOf(length: number): JsonOutput {
  const bytes = Buffer.allocUnsafeSlow(length);
  BEGIN.copy(bytes);
  return { bytes, isAscii: true };
}
