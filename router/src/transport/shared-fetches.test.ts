import { describe, expect, test } from '@jest/globals';
import { deadlineIn, type Deadline } from './deadline.ts';
import type { HttpResponse } from './response-reader.ts';
import { SharedFetches, type Send, type Sharer } from './shared-fetches.ts';
import { SubgraphFailure } from './subgraph-failure.ts';

/** A subgraph of which the test says when it answers what. */
function subgraph() {
  const sent: { deadline: Deadline; answer: (text: string) => void; fail: (error: Error) => void }[] = [];
  const send: Send = (deadline, read) =>
    new Promise((done, fail) => {
      const answer = (text: string): void => {
        try {
          read({ status: 200, body: Buffer.from(text) });
          done();
        } catch (error) {
          fail(error as Error);
        }
      };
      sent.push({ deadline, answer, fail });
    });
  return { sent, send };
}

const sharer = (ms = 60_000, read: Sharer['read'] = asData): Sharer => ({
  subgraph: 'menu',
  deadline: deadlineIn(ms),
  read,
});
const asData = ({ body }: HttpResponse) => ({ data: { text: body.toString() } });

describe('query fetches that are under way', () => {
  test('whoever asks the same is given the same answer, each an object of their own', async () => {
    const { sent, send } = subgraph();
    const fetches = new SharedFetches();
    const first = fetches.start('key', sharer(), send);
    const second = fetches.join('key', sharer());
    expect(fetches.join('another key', sharer())).toBeUndefined();
    sent[0]?.answer('a');
    expect(await first).toEqual({ data: { text: 'a' } });
    expect(await second).toEqual(await first);
    expect(await second).not.toBe(await first);
    expect(fetches.join('key', sharer())).toBeUndefined();
  });

  test('nobody joins what began before a mutation was answered; who waits goes on waiting', async () => {
    const { sent, send } = subgraph();
    const fetches = new SharedFetches();
    const before = fetches.start('key', sharer(), send);
    fetches.invalidate();
    expect(fetches.join('key', sharer())).toBeUndefined();
    const after = fetches.start('key', sharer(), send);
    sent[0]?.answer('old');
    const joined = fetches.join('key', sharer());
    sent[1]?.answer('new');
    expect(await Promise.all([before, after, joined])).toMatchObject([
      { data: { text: 'old' } },
      { data: { text: 'new' } },
      { data: { text: 'new' } },
    ]);
  });

  test('each waits within its own deadline, and the request lasts until the latest', async () => {
    const { sent, send } = subgraph();
    const fetches = new SharedFetches();
    const first = fetches.start('key', sharer(20), send);
    const patient = sharer();
    const second = fetches.join('key', patient);
    const third = fetches.join('key', sharer(10));
    expect(sent[0]?.deadline.at).toBe(patient.deadline.at);
    const timedOut = { status: 'rejected', reason: { reason: 'timeout' } };
    expect(await Promise.allSettled([first, third])).toMatchObject([timedOut, timedOut]);
    sent[0]?.answer('late');
    expect(await second).toEqual({ data: { text: 'late' } });
  });

  test('a failure is told to all of them; what one can not read, another may', async () => {
    const { sent, send } = subgraph();
    const fetches = new SharedFetches();
    const [first, second] = [fetches.start('key', sharer(), send), fetches.join('key', sharer())];
    sent[0]?.fail(new SubgraphFailure('menu', 'unreachable', 'gone'));
    const failed = { status: 'rejected', reason: { reason: 'unreachable' } };
    expect(await Promise.allSettled([first, second])).toMatchObject([failed, failed]);
    const strict = () => {
      throw new SubgraphFailure('menu', 'invalid', 'no');
    };
    const [third, fourth] = [fetches.start('key', sharer(), send), fetches.join('key', sharer(60_000, strict))];
    sent[1]?.answer('fine');
    expect(await Promise.allSettled([third, fourth])).toMatchObject([
      { value: { data: { text: 'fine' } } },
      { reason: { reason: 'invalid' } },
    ]);
  });
});
