import type { GraphQLSchema } from 'graphql';
import type { Random } from '../../../infra/fuzz/src/random.ts';
import { randomOperation } from '../worlds/random-operation.ts';

export interface RandomText {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_none, index) => part(index)).join(' ');

/** Texts of operations that are large in some way, or odd. */
const odd: readonly ((random: Random) => string)[] = [
  () => '',
  () => ' ',
  () => '{',
  () => '{ me { id } } }',
  () => 'query A { me { id } } query B { me { id } }',
  () => 'query __proto__ { me { constructor: id __proto__: id } }',
  () => '{ __schema { types { name fields { name } } } }',
  () => '{ __type(name: "User") { name } __typename }',
  () => '{ me { id @nothing } }',
  () => 'type A { a: Int } { me { id } }',
  () => '{ _entities(representations: []) { __typename } _service { sdl } }',
  () => 'mutation { touch(id: "k1") { id } touch(id: "k2") { id } }',
  () => 'query ($a: Int = $a) { me { id } }',
  () => '{ ...A } fragment A on Query { ...A }',
  () => '{ anything(value: { a: [1, { b: "\\uD800" }] }) }',
  (random) => `{ me { id } } # ${'x'.repeat(random.int(40_000))}`,
  (random) => `{ anything(value: "${'\u{1F372}'.repeat(random.int(5_000))}") }`,
  (random) => `{ me ${'{ friend '.repeat(random.int(700))} { id } ${'}'.repeat(random.int(700))} }`,
  (random) => {
    const depth = random.int(1_500);
    return `{ me ${'{ friend '.repeat(depth)} { id } ${'}'.repeat(depth)} }`;
  },
  (random) => {
    const depth = random.int(2_000);
    return `{ anything(value: ${'['.repeat(depth)}${']'.repeat(depth)}) }`;
  },
  (random) => {
    const depth = random.int(1_500);
    return `${'{ ...'.repeat(depth)} { me { id } } ${'}'.repeat(depth)}`;
  },
  (random) => {
    const levels = random.int(600);
    return `{ ...F0 } ${times(levels, (n) => `fragment F${n} on Query { ...F${n + 1} }`)} fragment F${levels} on Query { me { id } }`;
  },
  (random) => {
    const levels = random.int(60);
    return `{ ...F0 } ${times(levels, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} fragment F${levels} on Query { me { id } }`;
  },
  (random) => {
    const levels = random.int(40);
    return `{ me { ...F0 } } ${times(levels, (n) => `fragment F${n} on User { a: friend { ...F${n + 1} } b: friend { ...F${n + 1} } }`)} fragment F${levels} on User { id }`;
  },
  (random) => `{ me { ${times(random.int(3_000), () => 'id')} } }`,
  (random) => `{ me { ${times(random.int(1_000), (n) => `a${n}: id`)} } }`,
  (random) => `{ ${times(random.int(300), (n) => `a${n}: me { id }`)} }`,
  (random) => `query (${times(random.int(300), (n) => `$v${n}: Int`)}) { me { id } }`,
];

const PIECES = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '...',
  '@',
  '$',
  ':',
  '"',
  '"""',
  '\\',
  '\0',
  '\uFEFF',
  '\uD800',
  '#',
  '\n',
];

/** A text, valid or not, that may be an operation; never a subscription. */
export function randomText(schema: GraphQLSchema, random: Random): RandomText {
  if (random.chance(0.3)) return { text: random.pick(odd)(random), variables: {} };
  const { text, variables } = randomOperation(schema, random.int(2 ** 31), 12);
  return { text: random.chance(0.5) ? text : mutate(text, random), variables };
}

/** Changes a text in a few places. */
export function mutate(text: string, random: Random): string {
  let changed = text;
  for (let count = 1 + random.int(3); count > 0; count -= 1) {
    const [at, length] = [random.int(changed.length + 1), random.int(8)];
    const inserted = random.chance(0.5) ? random.pick(PIECES) : changed.slice(at, at + random.int(30));
    changed = changed.slice(0, at) + (random.chance(0.6) ? inserted : '') + changed.slice(at + length);
  }
  return changed;
}
