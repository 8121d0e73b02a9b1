import {
  findField,
  hasFields,
  namedTypeOf,
  type Declaration,
  type FieldDeclaration,
  type FieldsDeclaration,
  type Model,
  type Subgraph,
} from './model.ts';
import { isLeafName } from './print-subgraph.ts';

/** Takes out, in place, what refers to nothing: empty types, unused external fields, fields of types that are not declared. */
export function tidyModel(model: Model): Model {
  for (let before = -1; before !== sizeOf(model);) {
    before = sizeOf(model);
    for (const subgraph of model.subgraphs) tidySubgraph(subgraph);
    for (const subgraph of model.subgraphs) takeBack(subgraph, model);
    keep(model.subgraphs, ({ types }) => types.length > 0);
  }
  return model;
}

function tidySubgraph(subgraph: Subgraph): void {
  const { types } = subgraph;
  const names = new Set(types.map(({ name }) => name));
  const everyField = new Set(types.flatMap((type) => (hasFields(type) ? type.fields.map(({ name }) => name) : [])));
  const fieldSets = types.flatMap((type) =>
    hasFields(type)
      ? type.fields.flatMap(({ requires, provides }) => wordsOf(`${requires ?? ''} ${provides ?? ''}`))
      : [],
  );
  for (const type of types) {
    if (!hasFields(type)) {
      keep(type.members, (member) => names.has(member));
      continue;
    }
    keep(type.implements, (name) => names.has(name));
    keep(type.keys, ({ fields }) => wordsOf(fields).every((word) => everyField.has(word)));
    keep(type.fields, (field) => makesSense(field, type, { names, everyField, fieldSets }));
  }
  keep(types, (type) => (hasFields(type) ? type.fields.length > 0 : type.members.length > 0));
}

/** What nobody overrides any more is the subgraph's own. */
function takeBack({ name: subgraph, types }: Subgraph, model: Model): void {
  for (const type of types) {
    if (!hasFields(type)) continue;
    for (const field of type.fields) {
      const isOverridden = model.subgraphs.some((other) => {
        const same = other.types.find(({ name }) => name === type.name);
        return same && hasFields(same) && findField(same, field.name)?.override === subgraph;
      });
      if (field.role === 'overridden' && !isOverridden) field.role = 'own';
    }
  }
}

function makesSense(
  field: FieldDeclaration,
  { kind, keys }: FieldsDeclaration,
  known: { names: Set<string>; everyField: Set<string>; fieldSets: string[] },
): boolean {
  if (!isLeafName(field.type) && !known.names.has(namedTypeOf(field.type))) return false;
  if (field.role === 'external') return known.fieldSets.includes(field.name);
  const inKey = keys.some(({ fields }) => wordsOf(fields).includes(field.name));
  if (field.role === 'key' && kind !== 'interface' && !inKey) return false;
  return wordsOf(field.requires ?? '')
    .filter((word) => /^[a-z]/.test(word))
    .slice(0, 1)
    .every((word) => known.everyField.has(word));
}

const wordsOf = (fieldSet: string): string[] => fieldSet.match(/\w+/g) ?? [];

const sizeOf = (model: Model): number => JSON.stringify(model).length;

function keep<T extends Declaration | FieldDeclaration | Subgraph | string | object>(
  list: T[],
  wanted: (one: T) => boolean,
): void {
  for (let index = list.length - 1; index >= 0; index -= 1) if (!wanted(list[index] as T)) list.splice(index, 1);
}
