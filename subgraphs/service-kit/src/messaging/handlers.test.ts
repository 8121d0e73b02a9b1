import { describe, expect, test } from '@jest/globals';
import { dishChanged, orderReady } from '@brigade/schema';
import { PoisonMessage } from '../errors/delivery-errors.ts';
import { createMessage } from './create-message.ts';
import { handlerTable, on, parseMessage } from './handlers.ts';

const hear = on(dishChanged, async () => {});

describe('the table of handlers', () => {
  test('is exactly what the routing contract says', () => {
    expect([...handlerTable('menu', [hear]).keys()]).toEqual([dishChanged.name]);
  });
  test.each([
    ['misses one', [], dishChanged.name],
    ['has one that nobody routes here', [hear, on(orderReady, async () => {})], orderReady.name],
    ['has one twice', [hear, hear], 'routing.ts'],
  ])('is refused when it %s', (_title, handlers, named) => {
    expect(() => handlerTable('menu', handlers)).toThrow(named);
  });
});

describe('a message that arrives', () => {
  const table = handlerTable('menu', [hear]);
  const message = createMessage(dishChanged, 'dish', dishChanged.example);

  test('is parsed by its contract', () => {
    expect(parseMessage(message, table)).toEqual({ message, handler: hear });
  });
  test.each([
    ['is no envelope', 'hello', 'not a message envelope'],
    ['has a field too many', { ...message, extra: 1 }, 'not a message envelope'],
    ['is not for us', { ...message, name: orderReady.name }, 'no handler'],
    ['breaks its contract', { ...message, payload: {} }, 'breaks its contract'],
  ])('is poison when it %s', (_title, body, reason) => {
    expect(() => parseMessage(body, table)).toThrow(PoisonMessage);
    expect(() => parseMessage(body, table)).toThrow(reason);
  });
});

test('a producer can not send what breaks the contract', () => {
  expect(() => createMessage(orderReady, 'order', { orderId: 'x' })).toThrow();
});
