import type { Random } from '../../../infra/fuzz/src/random.ts';

type Json = unknown;

/** Values that no field of the schema has, or that are at the edge of what one may have. */
const oddValues: readonly ((random: Random) => Json)[] = [
  () => true,
  () => '',
  () => 'text',
  () => -0.5,
  () => 1e300,
  () => 2 ** 31,
  () => [],
  () => ({}),
  () => [[[]]],
  () => ({ __typename: 'Query' }),
  () => ({ __typename: 7 }),
  () => ({ toString: 1, valueOf: null }),
  () => ({ hasOwnProperty: 1, constructor: { prototype: {} } }),
  () => '\u0000\ud800',
  (random) => 'x'.repeat(random.int(100_000)),
  (random) => Array.from({ length: random.int(2_000) }, (_none, index) => index),
];

const oddErrors: readonly Json[] = [
  'quota',
  {},
  [],
  ['quota'],
  [null],
  [{ message: 7 }],
  [{ message: 'no', path: 'here' }],
  [{ message: 'no', path: ['_entities', 99, 'extra'] }],
  [{ message: 'no', path: ['_entities', 0, 'extra'] }],
  [{ message: 'no', path: ['_entities', -1] }],
  [{ message: 'no', path: [{}, null] }],
  [{ message: 'no', extensions: 'code' }],
  [{ message: 'no', extensions: { code: { a: 1 }, stacktrace: ['secret'] } }],
  [{ message: 'no', path: ['bads', 0, 'text'], locations: 'x' }],
];

/** A GraphQL response that is not what was asked for. */
export function hostileResponse(honest: Json, random: Random): Json {
  const response = structuredClone(honest) as Record<string, Json>;
  const changes = 1 + random.int(3);
  for (let change = 0; change < changes; change += 1) {
    const kind = random.int(8);
    if (kind === 0) response.errors = random.pick(oddErrors);
    else if (kind === 1) response.data = random.pick([null, undefined, [], 7, {}, 'x']);
    else if (kind === 2) delete response.data;
    else changeOne(response.data, random);
  }
  return response;
}

/** Changes one place somewhere below. */
function changeOne(value: Json, random: Random): void {
  if (typeof value !== 'object' || value === null) return;
  const keys = Object.keys(value);
  const key = keys.length > 0 ? random.pick(keys) : undefined;
  if (key === undefined) return;
  const target = value as Record<string, Json>;
  const inner = target[key];
  if (typeof inner === 'object' && inner !== null && random.chance(0.75)) return changeOne(inner, random);
  const kind = random.int(5);
  if (kind === 0) delete target[key];
  else if (kind === 1 && Array.isArray(value)) value.push(...[...value].slice(0, 5));
  else if (kind === 2 && Array.isArray(value)) value.pop();
  else if (kind === 3) target[random.pick(['unasked', '__typename', 'constructor', 'id'])] = inner;
  else target[key] = random.pick(oddValues)(random);
}

/** Texts that are no GraphQL response, or hard to read. */
export function hostileText(honest: string, random: Random): string {
  const depth = 1 + random.int(50_000);
  switch (random.int(12)) {
    case 0:
      return honest.slice(0, random.int(honest.length));
    case 1:
      return honest.slice(random.int(honest.length));
    case 2:
      return honest + honest;
    case 3:
      return `${'['.repeat(depth)}${']'.repeat(depth)}`;
    case 4:
      return `{"data":${'{"bad":'.repeat(depth)}1${'}'.repeat(depth)}}`;
    case 5:
      return `{"data":{"bad":{"any":${'['.repeat(depth)}${']'.repeat(depth)}}}}`;
    case 6:
      return `{"data":{"__proto__":{"bad":{"id":"stolen"}},"bad":{"__proto__":{"text":"stolen"}}}}`;
    case 7:
      return `{"data":{"bad":{"id":${'9'.repeat(1 + random.int(400))},"count":1e${random.int(500)}}}}`;
    case 8:
      return `{"errors":[${'{"message":"no"},'.repeat(random.int(20_000))}{}]}`;
    case 9:
      return random.pick([
        '',
        ' ',
        'null',
        '7',
        '"x"',
        'true',
        '<html>',
        '\u0000',
        '{"data"',
        '{"data":{}}{',
        '\uFEFF',
      ]);
    case 10:
      return `{"data":{"bad":{"text":"${'x'.repeat(random.int(3_000_000))}"}}}`;
    default:
      return flip(honest, random);
  }
}

function flip(text: string, random: Random): string {
  const at = random.int(text.length);
  return `${text.slice(0, at)}${String.fromCharCode(random.int(256))}${text.slice(at + 1)}`;
}
