import { join } from 'node:path';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';

interface Message {
  origin: string;
  source: unknown;
  data: unknown;
}
type AskToken = () => Promise<string | null>;

const ORIGIN = 'https://brigade.test';
let tokenFromParent: (own: object) => AskToken;

/** A window in a frame, whose parent answers a question with these messages. */
function framed(answers: (parent: object) => Message[]) {
  const listeners = new Set<(message: Message) => void>();
  const asked: unknown[][] = [];
  const parent = {
    postMessage(...question: unknown[]) {
      asked.push(question);
      for (const answer of answers(parent)) for (const hear of listeners) hear(answer);
    },
  };
  const own = {
    parent,
    location: { origin: ORIGIN },
    addEventListener: (_type: string, hear: (message: Message) => void) => listeners.add(hear),
    removeEventListener: (_type: string, hear: (message: Message) => void) => listeners.delete(hear),
  };
  return { own, asked, listeners };
}
const told = (source: unknown, token: unknown, origin = ORIGIN): Message => ({
  origin,
  source,
  data: { type: 'brigade:token', token },
});

describe("GraphiQL's access token", () => {
  beforeAll(async () => {
    ({ tokenFromParent } = await import(join(import.meta.dirname, '../graphiql/token.js')));
  });

  test('comes from the page around it, which is asked by its own origin only, each time', async () => {
    const { own, asked, listeners } = framed((parent) => [told(parent, 'abc')]);
    const ask = tokenFromParent(own);
    expect([await ask(), await ask()]).toEqual(['abc', 'abc']);
    expect(asked).toEqual([1, 2].map(() => [{ type: 'brigade:token?' }, ORIGIN]));
    expect(listeners.size).toBe(0);
  });

  test('is believed of nobody else', async () => {
    const { own } = framed((parent) => [
      told({}, 'of another window'),
      told(parent, 'of another origin', 'https://evil.test'),
      { origin: ORIGIN, source: parent, data: null },
      { origin: ORIGIN, source: parent, data: { type: 'other', token: 'of another kind' } },
      told(parent, 'the right one'),
    ]);
    expect(await tokenFromParent(own)()).toBe('the right one');
  });

  test('is none where nobody is signed in, where nobody answers, and where nothing is around the page', async () => {
    expect(await tokenFromParent(framed((parent) => [told(parent, null)]).own)()).toBeNull();
    const alone: { parent?: object } = {};
    alone.parent = alone;
    expect(await tokenFromParent(alone)()).toBeNull();
    jest.useFakeTimers();
    const silent = framed(() => []);
    const asking = tokenFromParent(silent.own)();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await asking).toBeNull();
    expect(silent.listeners.size).toBe(0);
    jest.useRealTimers();
  });
});
