import { isDeepStrictEqual } from 'node:util';
import type { Input } from './input.ts';
import { send } from './send.ts';

const post = (query: string, headers: readonly string[], search = ''): Input => {
  const body = JSON.stringify({ query });
  const head = [
    `POST /graphql${search} HTTP/1.1`,
    'host: router',
    'connection: close',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...headers,
  ];
  const parts = [Buffer.from([...head, '', body].join('\r\n'))];
  return { kind: 'bytes', what: 'canary', parts, ending: 'wait', isComparable: true };
};
const get = (query: string): Input => {
  const head = [`GET /graphql?query=${encodeURIComponent(query)} HTTP/1.1`, 'host: router', 'connection: close'];
  const parts = [Buffer.from([...head, 'apollo-require-preflight: 1', '', ''].join('\r\n'))];
  return { kind: 'bytes', what: 'canary', parts, ending: 'wait', isComparable: true };
};
const QUERIES = [
  '{ me { id email friend { id } } }',
  'query Known { product(id: "k1") { id name } anything(value: { a: [1] }) }',
];
const MUTATION = 'mutation { touch(id: "k2") { id name } }';

/** What another client asks, over each transport. */
const canaries: readonly Input[] = [
  ...QUERIES.flatMap((query): Input[] => [
    post(query, []),
    post(query, [], '?'),
    post(query, ['accept: text/event-stream']),
    post(query, ['accept: multipart/mixed;subscriptionSpec=1.0']),
    get(query),
    { kind: 'socket operation', payload: { query } },
  ]),
  post(MUTATION, []),
  { kind: 'socket operation', payload: { query: MUTATION } },
];

/** Another client, who must notice nothing of what the others do. */
export class Canaries {
  readonly #port: number;
  #expected: readonly (string | undefined)[] = [];

  private constructor(port: number) {
    this.#port = port;
  }

  /** @param port of a router to which nobody has sent anything yet */
  static async open(port: number): Promise<Canaries> {
    const own = new Canaries(port);
    own.#expected = await own.#ask();
    const failed = own.#expected.filter((told) => !told?.includes('"data":{') || told.includes('"errors"'));
    if (failed.length > 0) throw new Error(`nothing is answered: ${failed.join('\n')}`);
    return own;
  }

  /** @throws Error unless every answer is the same, byte by byte, as before */
  async check(of = this.#port): Promise<void> {
    const told = await this.#ask(of);
    for (const [index, expected] of this.#expected.entries()) {
      if (!isDeepStrictEqual(told[index], expected)) {
        throw new Error(`another client was told ${told[index]}, not ${expected}`);
      }
    }
  }

  #ask(port = this.#port): Promise<(string | undefined)[]> {
    return Promise.all(canaries.map(async (canary) => (await send(port, canary)).told));
  }
}
