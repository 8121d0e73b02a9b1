import type { Draft } from './draft.ts';
import {
  findField,
  hasFields,
  namedTypeOf,
  type FieldDeclaration,
  type FieldsDeclaration,
  type Subgraph,
} from './model.ts';
import { isLeafName } from './print-subgraph.ts';
import { FIELD_NAMES, randomField } from './random-field.ts';

/** Gives each entity fields, each resolved by one subgraph that has it, or by two. */
export function addFields(draft: Draft): void {
  const { random } = draft;
  for (const entity of draft.entities.keys()) {
    const homes = homesOf(draft, entity);
    for (const name of random.sample(FIELD_NAMES, random.between(2, 5))) {
      if (draft.declarationsOf(entity, name).length > 0) continue;
      const [home, second] = random.shuffle(homes);
      if (!home) continue;
      const field = randomField(random, name, compositesIn(draft, home.subgraph));
      if (!draft.declareFieldType(home.subgraph, field.type)) continue;
      home.type.fields.push(field);
      const isAbstract =
        !isLeafName(field.type) &&
        !draft.entities.has(namedTypeOf(field.type)) &&
        !draft.values.has(namedTypeOf(field.type));
      if (!second || isAbstract || !random.happens(0.2)) continue;
      if (!draft.declareFieldType(second.subgraph, field.type)) continue;
      field.shareable = true;
      const isLooser = field.type.endsWith('!') && random.happens(0.3);
      second.type.fields.push({ ...field, type: isLooser ? field.type.slice(0, -1) : field.type });
    }
  }
}

/** Has some fields taken over by another subgraph. */
export function addOverrides(draft: Draft): void {
  const { random } = draft;
  for (const entity of draft.entities.keys()) {
    const homes = homesOf(draft, entity);
    for (const { subgraph, type } of homes) {
      for (const field of type.fields) {
        if (field.role !== 'own' || field.shareable || !random.happens(0.12)) continue;
        const next = homes.find((home) => home.subgraph !== subgraph && !findField(home.type, field.name));
        if (!next || draft.declarationsOf(entity, field.name).length > 1) continue;
        if (!draft.declareFieldType(next.subgraph, field.type) || !knows(next.subgraph, field)) continue;
        next.type.fields.push({ ...field, override: subgraph.name });
        field.role = 'overridden';
      }
    }
  }
}

/** Types with fields, or unions, that fields of a subgraph may be of. */
export const compositesIn = (draft: Draft, subgraph: Subgraph): string[] => [
  ...[...draft.values.keys()].filter((name) => name !== 'Slot'),
  ...draft.entities.keys(),
  ...draft.unions.keys(),
  ...subgraph.types.filter(({ kind }) => kind === 'interface' || kind === 'interface object').map(({ name }) => name),
];

/** Subgraphs that know an entity and can be asked for it. */
export function homesOf(draft: Draft, entity: string): { subgraph: Subgraph; type: FieldsDeclaration }[] {
  return draft.subgraphs.flatMap((subgraph) => {
    const type = draft.entityIn(subgraph, entity);
    return type?.keys.some(({ resolvable }) => resolvable) ? [{ subgraph, type }] : [];
  });
}

const knows = (subgraph: Subgraph, { type }: FieldDeclaration): boolean =>
  isLeafName(type) ||
  subgraph.types.some((known) => known.name === namedTypeOf(type) && (hasFields(known) || known.members.length > 0));
