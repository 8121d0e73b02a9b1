import type { ArgumentDeclaration, FieldDeclaration } from './model.ts';
import type { Random } from './random.ts';

export const FIELD_NAMES = [
  'name',
  'title',
  'size',
  'tags',
  'price',
  'notes',
  'owner',
  'friend',
  'near',
  'parts',
  'stars',
  'label',
  'kind',
  'level',
  'weight',
];

const LEAVES = ['Int', 'Int', 'String', 'String', 'Float', 'Boolean', 'Colour', 'Json', 'ID'];

const ARGUMENTS: readonly (readonly ArgumentDeclaration[])[] = [
  [
    { name: 'last', type: 'Int!' },
    { name: 'last', type: 'Int', defaultValue: '3' },
    { name: 'last', type: 'Int' },
  ],
  [
    { name: 'unit', type: 'Colour!' },
    { name: 'unit', type: 'Colour', defaultValue: 'RED' },
    { name: 'unit', type: 'Colour!', defaultValue: 'BLUE' },
  ],
  [
    { name: 'filter', type: 'Filter' },
    { name: 'filter', type: 'Filter!' },
    { name: 'filter', type: '[Filter!]' },
  ],
  [
    { name: 'text', type: 'String', defaultValue: '"a \\"b\\""' },
    { name: 'text', type: 'String!' },
    { name: 'id', type: 'ID' },
  ],
  [
    { name: 'ids', type: '[ID!]' },
    { name: 'deep', type: '[[Int!]]', defaultValue: '[[1], null]' },
    { name: 'on', type: 'Boolean' },
  ],
  [
    { name: 'json', type: 'Json' },
    { name: 'ratio', type: 'Float', defaultValue: '0.5' },
  ],
];

export const randomLeaf = (random: Random): string => random.pick(LEAVES);

export function randomArguments(random: Random, chance = 0.4): readonly ArgumentDeclaration[] {
  if (!random.happens(chance)) return [];
  return random.sample(ARGUMENTS, random.between(1, 2)).map((choices) => random.pick(choices));
}

/** @param named a type without lists or `!` */
export function wrap(random: Random, named: string, listChance = 0.35): string {
  const mark = () => (random.happens(0.4) ? '!' : '');
  if (!random.happens(listChance)) return `${named}${mark()}`;
  const list = `[${named}${mark()}]${mark()}`;
  return random.happens(0.2) ? `[${list}]${mark()}` : list;
}

/** A field that a subgraph resolves. @param composites names of types with fields that it may be of */
export function randomField(random: Random, name: string, composites: readonly string[]): FieldDeclaration {
  const named = composites.length > 0 && random.happens(0.4) ? random.pick(composites) : randomLeaf(random);
  return { name, type: wrap(random, named), args: randomArguments(random), role: 'own' };
}
