import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { Answer } from '../src/answer.ts';
import type { Attack } from '../src/attack.ts';
import { everyTransport, transports, type Operation } from '../src/transports/index.ts';

/** Requests about a text by which somebody may try to decide what others are told about it. */
const poisons: [name: string, poison: (query: string) => Operation][] = [
  ['an empty operation name', (query) => ({ query, operationName: '' })],
  ['an operation name that there is not', (query) => ({ query, operationName: 'Nothing' })],
  ['an operation name that ends in the text', (query) => ({ query, operationName: `\n${query}` })],
  ['an operation name like a key', (query) => ({ query: '', operationName: `-${query}` })],
  ['variables like a key', (query) => ({ query, variables: { a: `\n${query}` } })],
  [
    'the hash of another text',
    (query) => ({ query, extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
  ],
];

/** Says that a body comes, sends a part of it, and is gone. */
const vanish = (url: string): Promise<void> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      socket.write(
        'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
        () => socket.resetAndDestroy(),
      );
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });

/** What one client sends decides nothing for another, by whatever it asks. */
export const isolation: readonly Attack[] = [
  ...poisons.flatMap(([name, poison]) =>
    everyTransport.map((by): Attack => ({
      name: `${name}, then the same text from others, over each transport`,
      by,
      async send(_stage, url) {
        // A text that nobody has sent yet: what becomes of it first is what is kept.
        const query = `{ me { id } } # ${randomUUID()}`;
        await transports[by](url, poison(query));
        let answer: Answer | undefined;
        for (const other of everyTransport) {
          answer = await transports[other](url, { query });
          if (answer.refused || !answer.body?.data) break;
        }
        if (!answer) throw new Error('there is no transport');
        return answer;
      },
      expected: { data: { me: null } },
    })),
  ),
  {
    name: 'clients that are gone in the middle of their bodies, two hundred of them',
    by: 'TCP',
    async send(_stage, url) {
      await Promise.all(Array.from({ length: 200 }, () => vanish(url)));
      return transports['fast lane'](url, { query: '{ me { id } }' });
    },
    expected: { data: { me: null } },
  },
];
