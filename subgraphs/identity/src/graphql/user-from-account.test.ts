import { describe, expect, test } from '@jest/globals';
import type { Actor } from '@brigade/service-kit';
import type { Account } from '../store/entities.ts';
import { userFor } from './user-from-account.ts';

const account = {
  id: '01950000-0000-7000-8000-000000000001',
  email: 'ada@example.org',
  name: 'Ada',
  passwordHash: 'secret',
  roles: ['GUEST'],
  createdAt: new Date(0),
} as Account;
const whole = { id: account.id, email: 'ada@example.org', name: 'Ada', roles: ['GUEST'] };
const bare = { id: account.id, email: null, name: null, roles: [] };
const someone = '01950000-0000-7000-8000-000000000002';

describe('what one sees of an account', () => {
  test.each<[string, Actor, object]>([
    ['its owner', { kind: 'user', userId: account.id, roles: ['GUEST'] }, whole],
    ['staff', { kind: 'user', userId: someone, roles: ['STAFF'] }, whole],
    ['a service', { kind: 'service', name: 'orders' }, whole],
    ['another guest', { kind: 'user', userId: someone, roles: ['GUEST'] }, bare],
    ['nobody in particular', { kind: 'anonymous' }, bare],
  ])('%s', (_who, actor, expected) => {
    expect(userFor(actor, account)).toEqual(expected);
  });
});
