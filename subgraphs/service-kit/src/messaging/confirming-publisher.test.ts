import { EventEmitter } from 'node:events';
import { afterEach, expect, jest, test } from '@jest/globals';
import type { Connection } from 'rabbitmq-client';
import { BrokerAway } from '../errors/delivery-errors.ts';
import { ConfirmingPublisher } from './confirming-publisher.ts';

afterEach(() => void jest.useRealTimers());

const publication = { exchange: 'e', routingKey: 'k', messageId: 'm', headers: {}, mandatory: true };

/** A connection whose publisher answers as it is told; what a broker in trouble does can't be had from a shared one. */
function openPublisher(answer: () => Promise<void>) {
  const connection = Object.assign(new EventEmitter(), {
    createPublisher: () => Object.assign(new EventEmitter(), { send: answer, close: async () => {} }),
  });
  return { connection, publisher: new ConfirmingPublisher(connection as unknown as Connection) };
}

test('a broker short of memory or disk: refused at once, and accepted again when it takes messages', async () => {
  const { connection, publisher } = openPublisher(async () => {});
  connection.emit('connection.blocked', 'low on disk');
  await expect(publisher.send(publication, {})).rejects.toThrow(
    new BrokerAway('the broker takes no messages: low on disk'),
  );
  connection.emit('connection.unblocked');
  await publisher.send(publication, {});
  connection.emit('connection.blocked', 'low on memory');
  connection.emit('connection'); // a new connection is not blocked until the broker says so
  await publisher.send(publication, {});
});

test('a confirm that does not come is not awaited for ever', async () => {
  jest.useFakeTimers();
  const { publisher } = openPublisher(() => new Promise(() => {}));
  const sent = publisher.send(publication, {});
  const refused = expect(sent).rejects.toThrow(BrokerAway);
  await jest.advanceTimersByTimeAsync(12_000);
  await refused;
});

test('a lost connection is a broker that is away', async () => {
  const { publisher } = openPublisher(() => Promise.reject(new Error('channel closed')));
  await expect(publisher.send(publication, {})).rejects.toMatchObject({
    name: 'BrokerAway',
    message: 'channel closed',
  });
});
