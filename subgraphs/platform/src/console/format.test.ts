import { expect, test } from '@jest/globals';
import type { DeadLetter } from '../graphql/dead-letter.type.ts';
import { formatLetter, formatTable } from './format.ts';

const letter = {
  id: '1',
  status: 'WAITING',
  consumer: 'orders',
  queue: 'brigade.orders',
  messageId: 'm',
  messageName: 'a.b.v1',
  subject: 's',
  order: { id: 's' },
  payload: '{"a":1}',
  body: '{"payload":{"a":1}}',
  readable: true,
  reason: 'Error: no\nreally',
  attempts: 8,
  deaths: 2,
  lastFailedAt: new Date('2026-01-01T12:00:00Z'),
} satisfies DeadLetter;

test('a table has one line a letter, in columns as wide as what is in them', () => {
  expect(formatTable([letter, { ...letter, id: '22', lastFailedAt: null, reason: 'x'.repeat(200) }])).toBe(
    [
      'ID  STATUS   CONSUMER  MESSAGE  DEATHS  LAST FAILED               REASON',
      '1   WAITING  orders    a.b.v1   2       2026-01-01T12:00:00.000Z  Error: no really',
      `22  WAITING  orders    a.b.v1   2       -                         ${'x'.repeat(79)}…`,
      '',
    ].join('\n'),
  );
});

test('a letter is shown with its body and audit, and plays no tricks with the terminal', () => {
  const at = new Date('2026-01-01T12:00:01Z');
  const shown = formatLetter({ ...letter, reason: '\u001b[2Jgone' }, [
    { kind: 'DIED', who: 'orders', at, why: 'no' },
    { kind: 'EDITED', who: 'console:ann', at, why: 'typo', before: '{"a":0}', after: '{"a":1}' },
  ]);
  expect(shown).toContain('order         s\n');
  expect(shown).toContain('reason        \uFFFD[2Jgone\n');
  expect(shown).toContain('body\n  {\n    "payload": {\n      "a": 1\n');
  expect(shown).toContain('2026-01-01T12:00:01.000Z  EDITED             console:ann: typo\n    before  {"a":0}\n');
  expect(formatLetter({ ...letter, readable: false, contentType: 'x/y', body: 'AP8=' }, [])).toContain(
    'body\n  (x/y, base64)\n  AP8=\n',
  );
});
