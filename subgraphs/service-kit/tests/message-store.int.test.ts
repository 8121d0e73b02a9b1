import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { orderReady, type Envelope } from '@brigade/schema';
import { v7 as uuidv7 } from 'uuid';
import { FailpointError, clearFailpoints, createMessage, setFailpoint, type MessageStore } from '../src/index.ts';
import { messageStores } from './message-stores.ts';

const message = (subject: string = uuidv7()): Envelope => createMessage(orderReady, subject, { orderId: uuidv7() });
const confirmAll = async (batch: readonly Envelope[]) => new Set(batch.map(({ id }) => id));

describe.each(Object.entries(messageStores))('message store on %s', (_name, open) => {
  let store: MessageStore<unknown>;
  let other: MessageStore<unknown>;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const opened = await open();
    [store, other] = opened.stores as [MessageStore<unknown>, MessageStore<unknown>];
    close = opened.close;
  });
  afterAll(() => close());

  const drainAll = async (publish = confirmAll) => {
    const seen: Envelope[] = [];
    for (;;) {
      const result = await store.drainOutbox(100, async (batch) => {
        seen.push(...batch);
        return publish(batch);
      });
      if (result === 'drained') return seen;
    }
  };

  test('messages leave in the order in which they were added, with everything that they carry', async () => {
    const sent = [message('a'), message('b'), message('a')];
    await store.transaction((tx) => store.addToOutbox(tx, sent));
    const more = [message('a')];
    await store.transaction((tx) => store.addToOutbox(tx, more));
    expect(await drainAll()).toEqual([...sent, ...more]);
    expect(await store.outboxStats()).toEqual({ depth: 0, oldestAgeSeconds: 0 });
  });

  test('a transaction that fails leaves neither message nor inbox row', async () => {
    const id = uuidv7();
    await expect(
      store.transaction(async (tx) => {
        await store.acceptOnce(tx, id);
        await store.addToOutbox(tx, [message()]);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect((await store.outboxStats()).depth).toBe(0);
    expect(await store.transaction((tx) => store.acceptOnce(tx, id))).toBe(true);
  });

  test('a message id is accepted once, also by many at once', async () => {
    const id = uuidv7();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => (n % 2 ? store : other)).map((one) =>
        one.transaction((tx) => one.acceptOnce(tx, id)),
      ),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  test('what was not confirmed stays, and is told as stuck when nothing was', async () => {
    const [kept, sent] = [message(), message()];
    await store.transaction((tx) => store.addToOutbox(tx, [kept, sent]));
    expect(await store.drainOutbox(100, async () => new Set())).toBe('stuck');
    expect(await store.drainOutbox(100, async () => new Set([sent.id]))).toBe('progress');
    expect((await store.outboxStats()).depth).toBe(1);
    expect((await drainAll()).map(({ id }) => id)).toEqual([kept.id]);
  });

  test('while one relay drains, another is told to wait', async () => {
    await store.transaction((tx) => store.addToOutbox(tx, [message()]));
    let meanwhile: string | undefined;
    await store.drainOutbox(100, async (batch) => {
      meanwhile = await other.drainOutbox(100, confirmAll);
      return confirmAll(batch);
    });
    expect(meanwhile).toBe('contended');
  });

  test('the listener hears of a commit that wrote to the outbox, and of no other', async () => {
    let heard = 0;
    other.onOutboxWritten(() => (heard += 1));
    await other.transaction(async () => {});
    expect(heard).toBe(0);
    await other.transaction((tx) => other.addToOutbox(tx, [message()]));
    expect(heard).toBe(1);
  });

  test('failpoints know it by the name of its service, whatever its database is called', async () => {
    setFailpoint('store.after-commit', { do: 'fail', message: 'mine' }, { service: 'kitchen', times: 1 });
    setFailpoint('outbox.after-mark', { do: 'fail', message: 'mine' }, { service: 'kitchen', times: 1 });
    try {
      await expect(store.transaction((tx) => store.addToOutbox(tx, [message()]))).rejects.toThrow(FailpointError);
      await expect(store.drainOutbox(100, confirmAll)).rejects.toThrow(FailpointError);
    } finally {
      clearFailpoints();
    }
    await drainAll();
  });

  test('the inbox forgets what is old', async () => {
    const id = uuidv7();
    await store.transaction((tx) => store.acceptOnce(tx, id));
    expect(await store.trimInbox(new Date(Date.now() + 1_000))).toBeGreaterThan(0);
    expect(await store.transaction((tx) => store.acceptOnce(tx, id))).toBe(true);
  });
});
