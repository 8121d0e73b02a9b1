import { expect } from '@jest/globals';
import type { Attack } from '../src/attack.ts';
import { RawSocket } from '../src/socket.ts';
import { streamTransports, transports } from '../src/transports/index.ts';

const watch = (id: string): string => `subscription { flood(id: "${id}") { id } }`;

/** What a subgraph may send in place of an event, and the codes of which one tells its client of the end. */
const frames: [name: string, id: string, codes: readonly string[]][] = [
  ['an object in place of a list of errors', 'error-object', ['INTERNAL_SERVER_ERROR']],
  ['an empty list of errors', 'error-empty', ['SUBGRAPH_UNAVAILABLE']],
  ['texts in place of errors', 'error-texts', ['SUBGRAPH_UNAVAILABLE']],
  ['an event without a payload', 'next-nothing', ['SUBGRAPH_UNAVAILABLE']],
  ['a text in place of an event', 'next-text', ['SUBGRAPH_UNAVAILABLE']],
  ['an event with neither data nor errors', 'next-no-data', ['SUBGRAPH_UNAVAILABLE']],
  ['nonsense, and then an end', 'nonsense', ['SUBGRAPH_UNAVAILABLE']],
];

/** A subgraph whose messages break the protocol ends one subscription; the others over its socket go on. */
export const brokenFrames: readonly Attack[] = frames.flatMap(([name, id, codes]) =>
  streamTransports.map((by): Attack => ({
    name: `a subgraph sends ${name}`,
    by,
    door: 'hostile',
    async send(_stage, url) {
      const other = await RawSocket.acknowledged(url);
      const events = () => other.messages.filter(({ type }) => type === 'next').length;
      other.subscribe('steady', watch('steady'));
      await other.until(() => events() > 0);
      const answer = await transports[by](url, { query: watch(id) });
      const before = events();
      await other.until(() => events() > before + 3);
      expect(other.messages.filter(({ type }) => type === 'error' || type === 'complete')).toEqual([]);
      other.end();
      return answer;
    },
    expected: { nothing: codes },
  })),
);
