import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { incompatibilities, type JsonSchema } from './compatibility.ts';
import { judgeContracts } from './contracts.ts';

const json = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
const base = { id: z.uuid(), note: z.string().max(10).optional(), lines: z.array(z.object({ n: z.int() })).max(5) };
const faults = (changed: z.ZodRawShape) =>
  incompatibilities(json(z.strictObject(base)), json(z.strictObject({ ...base, ...changed })));

describe('a message contract', () => {
  test('may explain itself better', () => {
    expect(faults({ id: z.uuid().describe('Of the order.') })).toEqual([]);
  });

  test.each<[string, z.ZodRawShape, at: string, effect: RegExp]>([
    ['a new property', { more: z.string().optional() }, '/more', /consumers that are not deployed yet/],
    ['a new required property', { more: z.string() }, '/more', /what waits/],
    ['a property that is required now', { note: z.string().max(10) }, '/note', /is required now: what waits/],
    ['a property that is optional now', { id: z.uuid().optional() }, '/id', /is optional now: consumers/],
    ['a shorter text', { note: z.string().max(9).optional() }, '/note', /maxLength was 10 and is 9: what waits/],
    ['a longer text', { note: z.string().max(11).optional() }, '/note', /maxLength was 10 and is 11: consumers/],
    ['no limit any more', { note: z.string().optional() }, '/note', /maxLength was 10 and is absent: consumers/],
    ['another type', { note: z.int().optional() }, '/note', /type was "string" and is "integer"/],
    [
      'a deeper change',
      { lines: z.array(z.object({ n: z.int().min(1) })).max(5) },
      '/lines/each/n',
      /minimum.*what waits/,
    ],
    ['fewer forms', { note: z.union([z.literal('a'), z.int()]).optional() }, '/note', /anyOf had 0 forms and has 2/],
  ])('%s makes it another one', (_what, changed, at, effect) => {
    const found = faults(changed);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map((fault) => fault.at)).toContain(at);
    expect(found.map(({ message }) => message).join('\n')).toMatch(effect);
  });

  test('a property that is gone', () => {
    const { note: _gone, ...rest } = base;
    expect(incompatibilities(json(z.strictObject(base)), json(z.strictObject(rest)))).toMatchObject([{ at: '/note' }]);
  });

  test('values of an enum: more surprise consumers, fewer refuse what waits', () => {
    const [few, many] = [json(z.enum(['a'])), json(z.enum(['a', 'b']))];
    expect(incompatibilities(few, many)).toMatchObject([{ message: expect.stringContaining('consumers') }]);
    expect(incompatibilities(many, few)).toMatchObject([{ message: expect.stringContaining('what waits') }]);
  });
});

describe('contracts', () => {
  test('a new one passes, a changed and a removed one do not', () => {
    const [one, two] = [json(z.strictObject({ a: z.int() })), json(z.strictObject({ a: z.string() }))];
    const published = new Map([
      ['a.same.v1', one],
      ['b.changed.v1', one],
      ['c.gone.v1', one],
    ]);
    const proposed = new Map([
      ['a.same.v1', one],
      ['b.changed.v1', two],
      ['d.new.v1', two],
    ]);
    expect(
      judgeContracts(published, proposed).map(({ name, change, faults: found }) => [name, change, found.length > 0]),
    ).toEqual([
      ['a.same.v1', 'same', false],
      ['b.changed.v1', 'changed', true],
      ['c.gone.v1', 'removed', true],
      ['d.new.v1', 'new', false],
    ]);
  });
});
