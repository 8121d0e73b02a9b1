import { expect, test } from '@jest/globals';
import { hasFields, type FieldDeclaration, type Model } from './model.ts';
import { tidyModel } from './tidy-model.ts';

const model = (overrider: FieldDeclaration[]): Model => ({
  subgraphs: [
    {
      name: 'ash',
      types: [{ kind: 'value', name: 'Room', keys: [], implements: [], fields: [kind('overridden'), stars] }],
    },
    {
      name: 'birch',
      types: [{ kind: 'value', name: 'Room', keys: [], implements: [], fields: [...overrider, stars] }],
    },
  ],
});

const kind = (role: FieldDeclaration['role'], override?: string): FieldDeclaration => ({
  name: 'kind',
  type: 'Int',
  args: [],
  role,
  ...(override !== undefined && { override }),
});
const stars: FieldDeclaration = { name: 'stars', type: 'Int', args: [], role: 'own', shareable: true };

test.each([
  ['overridden', [kind('own', 'ash')]],
  ['own', []],
] as const)('a field is %s where %j is in another subgraph', (role, overrider) => {
  const [type] = tidyModel(model([...overrider])).subgraphs[0]?.types ?? [];
  expect(type && hasFields(type) && type.fields[0]?.role).toBe(role);
});
