import { Kind, parse, print, stripIgnoredCharacters, visit } from 'graphql';
import { hasFields, type FieldDeclaration, type FieldsDeclaration, type Model } from './model.ts';

/** Takes one part out of a model, in place. */
export type Removal = (model: Model) => void;

/** The removals that a model allows, those of large parts first. */
export const removalsFrom = (model: Model): Removal[] => [
  ...model.subgraphs.map(
    (_subgraph, at): Removal =>
      ({ subgraphs }) =>
        void subgraphs.splice(at, 1),
  ),
  ...typeNames(model).map((name): Removal => ({ subgraphs }) => {
    for (const { types } of subgraphs) removeNamed(types, name);
  }),
  ...model.subgraphs.flatMap(({ types }, at) =>
    types.map(
      (_type, typeAt): Removal =>
        ({ subgraphs }) =>
          void subgraphs[at]?.types.splice(typeAt, 1),
    ),
  ),
  ...coordinates(model).flatMap(([typename, field]): Removal[] => [
    (candidate) => eachType(candidate, typename, ({ fields }) => removeNamed(fields, field)),
    (candidate) =>
      eachType(candidate, typename, ({ fields }) => {
        for (const one of fields) if (one.name === field) Object.assign(one, { args: [] });
      }),
  ]),
  ...model.subgraphs.flatMap(({ types }, at) =>
    types.flatMap((type, typeAt) => (hasFields(type) ? removalsFromType(type, at, typeAt) : [])),
  ),
];

function removalsFromType(type: FieldsDeclaration, at: number, typeAt: number): Removal[] {
  const inType =
    (change: (found: FieldsDeclaration) => void): Removal =>
    ({ subgraphs }) => {
      const found = subgraphs[at]?.types[typeAt];
      if (found && hasFields(found)) change(found);
    };
  return [
    ...type.fields.flatMap((field, fieldAt) => [
      inType(({ fields }) => void fields.splice(fieldAt, 1)),
      ...removalsFromField(field).map((change) =>
        inType(({ fields }) => {
          const found = fields[fieldAt];
          if (found) change(found);
        }),
      ),
    ]),
    ...type.keys.map((_key, keyAt) => inType(({ keys }) => void keys.splice(keyAt, 1))),
    ...type.implements.map((_name, nameAt) => inType(({ implements: names }) => void names.splice(nameAt, 1))),
  ];
}

const removalsFromField = ({ requires }: FieldDeclaration): ((field: FieldDeclaration) => void)[] => [
  ...(requires === undefined ? [] : shorterFieldSets(requires)).map(
    (shorter) => (field: FieldDeclaration) => void Object.assign(field, { requires: shorter }),
  ),
  ...(['requires', 'provides', 'override', 'inaccessible', 'tag', 'fails', 'shareable'] as const).map(
    (name) => (field: FieldDeclaration) => void delete field[name],
  ),
];

/** The field set without one of its selections, each in turn. */
function shorterFieldSets(fields: string): string[] {
  const document = parse(`{ ${fields} }`);
  const shorter: string[] = [];
  for (let index = 0; ; index += 1) {
    let count = 0;
    const changed = visit(document, {
      enter(node) {
        if (node.kind !== Kind.FIELD && node.kind !== Kind.INLINE_FRAGMENT) return undefined;
        count += 1;
        return count === index + 1 ? null : undefined;
      },
    });
    if (count <= index) return shorter;
    const text = stripIgnoredCharacters(print(changed)).slice(1, -1);
    if (text !== '' && !text.includes('{}')) shorter.push(text);
  }
}

const typeNames = ({ subgraphs }: Model): string[] => [
  ...new Set(subgraphs.flatMap(({ types }) => types.map(({ name }) => name))),
];

/** Each field of each type, once for all subgraphs. */
function coordinates({ subgraphs }: Model): [type: string, field: string][] {
  const found = new Map<string, [string, string]>();
  for (const type of subgraphs.flatMap(({ types }) => types)) {
    if (!hasFields(type)) continue;
    for (const field of type.fields) found.set(`${type.name}.${field.name}`, [type.name, field.name]);
  }
  return [...found.values()];
}

function eachType({ subgraphs }: Model, name: string, change: (type: FieldsDeclaration) => void): void {
  for (const type of subgraphs.flatMap(({ types }) => types)) if (type.name === name && hasFields(type)) change(type);
}

function removeNamed(list: { name: string }[], name: string): void {
  const at = list.findIndex((one) => one.name === name);
  if (at >= 0) list.splice(at, 1);
}
