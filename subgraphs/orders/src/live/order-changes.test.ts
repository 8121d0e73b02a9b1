import { describe, expect, test } from '@jest/globals';
import { createLogger } from '@brigade/service-kit';
import fc from 'fast-check';
import { OrderChanges } from './order-changes.ts';

const log = createLogger('test', 'silent');

/** An order in a store that answers when it is told to. */
class History {
  length = 0;
  readonly #reads: (() => void)[] = [];

  read = (version: number) =>
    new Promise<{ version: number }[]>((resolve) => {
      // As a database: what is answered is what was there when it was asked.
      const found = Array.from({ length: this.length - version }, (_none, index) => ({ version: version + index + 1 }));
      this.#reads.push(() => resolve(found));
    });

  answer(): void {
    this.#reads.shift()?.();
  }

  async settle(): Promise<void> {
    do {
      while (this.#reads.length > 0) this.answer();
      await turn();
    } while (this.#reads.length > 0);
  }
}

/** Lets everything run that waits for promises only. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

const changesOf = (read: (version: number) => Promise<{ version: number }[]>, after = 0) => {
  let ended = 0;
  const changes = new OrderChanges({ orderId: 'o', after, read, log, onEnd: () => (ended += 1) });
  const seen: number[] = [];
  const following = (async () => {
    for await (const { version } of changes) seen.push(version);
  })();
  return { changes, seen, following, ended: () => ended };
};

describe('changes of an order', () => {
  test('whatever the messenger loses, repeats and mixes up, each comes once and in order', async () => {
    const happening = fc.oneof(
      fc.record({ do: fc.constant('change' as const), told: fc.constantFrom(0, 1, 2) }),
      fc.record({ do: fc.constant('tell' as const), version: fc.integer({ min: 1, max: 30 }) }),
      fc.record({ do: fc.constant('look' as const) }),
      fc.record({ do: fc.constant('answer' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(5), fc.array(happening, { maxLength: 60 }), async (after, happenings) => {
        const history = new History();
        history.length = 5;
        const { changes, seen, following } = changesOf(history.read, after);
        for (const one of happenings) {
          if (one.do === 'change') {
            history.length += 1;
            for (let times = 0; times < one.told; times += 1) changes.tell({ version: history.length });
          } else if (one.do === 'tell') {
            // What is told has happened.
            if (one.version <= history.length) changes.tell({ version: one.version });
          } else if (one.do === 'look') void changes.catchUp();
          else history.answer();
          await turn();
        }
        await history.settle();
        void changes.catchUp();
        await history.settle();
        await changes.return();
        await following;
        expect(seen).toEqual(Array.from({ length: history.length - after }, (_none, index) => after + index + 1));
      }),
      { numRuns: 300 },
    );
  });

  test('what happens while the store is read is read too, or was', async () => {
    const history = new History();
    const { changes, seen, following } = changesOf(history.read);
    history.length = 1;
    void changes.catchUp();
    history.length = 2;
    changes.tell({ version: 2 });
    await history.settle();
    await changes.return();
    await following;
    expect(seen).toEqual([1, 2]);
  });

  test('a store that fails is read again at the next occasion', async () => {
    let fails = true;
    const { changes, seen, following } = changesOf(async (version) => {
      if (fails) throw new Error('the database is away');
      return [{ version: version + 1 }, { version: version + 2 }];
    });
    await changes.catchUp();
    expect(changes.last).toBe(0);
    fails = false;
    changes.tell({ version: 2 });
    await turn();
    await changes.return();
    await following;
    expect(seen).toEqual([1, 2]);
  });

  test('ending it ends whoever waits, and tells once; nothing comes afterwards', async () => {
    const { changes, seen, following, ended } = changesOf(async () => [{ version: 1 }]);
    await changes.return();
    await following;
    changes.tell({ version: 1 });
    await changes.catchUp();
    await changes.return();
    expect(await changes.next()).toEqual({ done: true, value: undefined });
    expect([seen, ended()]).toEqual([[], 1]);
  });
});
