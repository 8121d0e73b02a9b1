import { beforeEach, describe, expect, test } from '@jest/globals';
import { Backlog } from './backlog.ts';
import { Outbox, type BackPressure } from './outbox.ts';

describe('what waits for a client', () => {
  let open: boolean;
  let happened: string[];
  let backlog: Backlog;
  const outboxWith = (backPressure: BackPressure, mostWaitingBytes = 100) =>
    new Outbox({
      backPressure,
      backlog,
      mostWaitingBytes,
      isOpen: () => open,
      send: (text) => happened.push(text),
      onDropped: () => happened.push('dropped'),
      onOverflow: () => happened.push('overflow'),
    });
  beforeEach(() => {
    [open, happened, backlog] = [false, [], new Backlog(() => 0)];
  });

  test('the end comes after what came before it', () => {
    const outbox = outboxWith({ policy: 'queue', most: 5 });
    outbox.push('1');
    outbox.push('2');
    outbox.end(() => happened.push('end'));
    outbox.drain();
    expect(happened).toEqual([]);
    open = true;
    outbox.drain();
    outbox.drain();
    expect([happened, backlog.waitingBytes]).toEqual([['1', '2', 'end'], 0]);
  });

  test('where nothing waits the end comes at once', () => {
    outboxWith({ policy: 'queue', most: 5 }).end(() => happened.push('end'));
    expect(happened).toEqual(['end']);
  });

  test.each<[string, BackPressure, string[], string[]]>([
    ['too many', { policy: 'queue', most: 2 }, ['1', '2', '3'], ['overflow']],
    ['too large', { policy: 'queue', most: 9 }, ['é'.repeat(30), 'é'.repeat(30)], ['overflow']],
    ['the latest, too large', { policy: 'coalesce' }, ['1', 'é'.repeat(60)], ['dropped', 'overflow']],
  ])('%s: it is forgotten, and told', (_what, backPressure, texts, expected) => {
    const outbox = outboxWith(backPressure);
    for (const text of texts) outbox.push(text);
    expect([happened, outbox.waiting, backlog.waitingBytes]).toEqual([expected, 0, 0]);
  });

  test('two subscriptions of one connection have one bound', () => {
    const [one, other] = [outboxWith({ policy: 'queue', most: 9 }), outboxWith({ policy: 'queue', most: 9 })];
    one.push('a'.repeat(60));
    other.push('b'.repeat(60));
    expect([happened, one.waiting, other.waiting, backlog.waitingBytes]).toEqual([['overflow'], 1, 0, 60]);
    one.clear();
    expect(backlog.waitingBytes).toBe(0);
  });
});
