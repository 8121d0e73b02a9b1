import { describe, expect, test } from '@jest/globals';
import type { RouterContext } from '../http/request-context.ts';
import type { Prepared } from '../pipeline/engine.ts';
import type { SubscriptionHub } from './subscription-hub.ts';
import { Subscriptions } from './subscriptions.ts';

const nothing = () => {};
const listener = { next: nothing, failed: nothing, completed: nothing };
const prepared = { executable: { source: {} }, source: '', variables: {} } as unknown as Prepared;
const nobodyAt = (address: string): RouterContext => ({ identity: { kind: 'anonymous' }, correlationId: '', address });
const userAt = (userId: string, address: string): RouterContext => ({
  ...nobodyAt(address),
  identity: { kind: 'user', userId, roles: [], scopes: [] },
});

function open() {
  const subscriptions = new Subscriptions({
    hub: { subscribe: () => nothing } as unknown as SubscriptionHub,
    backPressure: {},
    mostPerIdentity: 3,
    mostWaitingBytes: 1_000,
    observer: { open: nothing, dropped: nothing, delivered: () => ({ inc: nothing }), overflowed: nothing },
  });
  const isOpened = (context: RouterContext) => {
    try {
      subscriptions.open(prepared, context, listener);
      return true;
    } catch {
      return false;
    }
  };
  return (context: RouterContext) => Array.from({ length: 5 }, () => isOpened(context)).filter(Boolean).length;
}

describe('how many subscriptions one client may have', () => {
  test('those who are nobody are counted by address: one can not use up what the others have', () => {
    const openFive = open();
    expect(openFive(nobodyAt('10.0.0.1'))).toBe(3);
    expect(openFive(nobodyAt('10.0.0.2'))).toBe(3);
  });

  test('a user is counted over all addresses, and is no address', () => {
    const openFive = open();
    expect(openFive(userAt('ada', '10.0.0.1'))).toBe(3);
    expect(openFive(userAt('ada', '10.0.0.2'))).toBe(0);
    expect(openFive(userAt('10.0.0.3', '10.0.0.2'))).toBe(3);
    expect(openFive(nobodyAt('10.0.0.3'))).toBe(3);
  });
});
