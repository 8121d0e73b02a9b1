import { buildSchema, type GraphQLSchema } from 'graphql';
import { hasFields, type FieldDeclaration, type FieldsDeclaration, type Model } from './model.ts';
import { LEAF_TYPES, printArguments, printImplements } from './print-subgraph.ts';

/** A field of the whole graph. */
export interface MergedField {
  readonly name: string;
  /** The type of whose objects it is a function: an interface for what an interface object adds. */
  readonly owner: string;
  /** The strictest of the types that it is declared with. */
  readonly type: string;
  /** The one that clients see: nullable where it is nullable in any subgraph. */
  readonly clientType: string;
  readonly args: FieldDeclaration['args'];
  readonly isKey: boolean;
  readonly fails: boolean;
  readonly inaccessible: boolean;
  readonly requires: string | undefined;
  /** The subgraphs that resolve it. */
  readonly resolvedBy: readonly string[];
}

export interface MergedType {
  readonly name: string;
  readonly kind: 'root' | 'entity' | 'value' | 'interface';
  readonly implements: string[];
  readonly fields: Map<string, MergedField>;
}

/** All subgraphs of a model together, merged by the rules of Federation and without any code of Apollo's. */
export class MergedModel {
  readonly types = new Map<string, MergedType>();
  readonly unions = new Map<string, Set<string>>();

  constructor(readonly model: Model) {
    for (const { name: subgraph, types } of model.subgraphs) {
      for (const type of types) {
        if (hasFields(type)) this.#add(subgraph, type);
        else this.unions.set(type.name, (this.unions.get(type.name) ?? new Set()).union(new Set(type.members)));
      }
    }
    this.#spreadInterfaceObjects();
  }

  /** @throws TypeError when there is no such field */
  fieldOf(typename: string, field: string): MergedField {
    const found = this.types.get(typename)?.fields.get(field);
    if (!found) throw new TypeError(`There is no field ${typename}.${field}.`);
    return found;
  }

  /** Object types that implement an interface. */
  implementersOf(name: string): string[] {
    return [...this.types.values()]
      .filter((type) => type.kind !== 'interface' && type.implements.includes(name))
      .map((type) => type.name)
      .toSorted();
  }

  /** The schema, with or without what is `@inaccessible`. */
  schema({ inaccessible }: { inaccessible: boolean }): GraphQLSchema {
    const types = [...this.types.values()].map((type) => {
      const fields = [...type.fields.values()]
        .filter((field) => inaccessible || !field.inaccessible)
        .map(({ name, args, clientType }) => `  ${name}${printArguments(args)}: ${clientType}\n`);
      return `${type.kind === 'interface' ? 'interface' : 'type'} ${type.name}${printImplements(type)} {\n${fields.join('')}}`;
    });
    const unions = [...this.unions].map(([name, members]) => `union ${name} = ${[...members].join(' | ')}`);
    return buildSchema([...LEAF_TYPES, ...types, ...unions].join('\n'));
  }

  #add(subgraph: string, declaration: FieldsDeclaration): void {
    const kind = declaration.kind === 'interface object' ? 'interface' : declaration.kind;
    const known = this.types.get(declaration.name);
    const type: MergedType = known ?? { name: declaration.name, kind, implements: [], fields: new Map() };
    this.types.set(type.name, type);
    for (const name of declaration.implements) if (!type.implements.includes(name)) type.implements.push(name);
    for (const field of declaration.fields) {
      type.fields.set(field.name, mergeField(type, field, subgraph, type.fields.get(field.name)));
    }
  }

  #spreadInterfaceObjects(): void {
    for (const { types } of this.model.subgraphs) {
      for (const declared of types) {
        if (declared.kind !== 'interface object') continue;
        for (const implementer of this.implementersOf(declared.name)) {
          const fields = this.types.get(implementer)?.fields;
          for (const { name } of declared.fields) {
            if (!fields?.has(name)) fields?.set(name, this.fieldOf(declared.name, name));
          }
        }
      }
    }
  }
}

function mergeField(
  { name: owner }: MergedType,
  field: FieldDeclaration,
  subgraph: string,
  known: MergedField | undefined,
): MergedField {
  const { name, type, args, role } = field;
  const resolves = role === 'own' || role === 'key';
  const strict = known?.type.endsWith('!') ? known.type : type;
  const loose = known && !known.clientType.endsWith('!') ? known.clientType : type;
  return {
    name,
    owner,
    type: strict,
    clientType: loose,
    args: known?.args ?? args,
    isKey: (known?.isKey ?? false) || role === 'key',
    fails: (known?.fails ?? false) || (field.fails ?? false),
    inaccessible: (known?.inaccessible ?? false) || (field.inaccessible ?? false),
    requires: known?.requires ?? field.requires,
    resolvedBy: [...(known?.resolvedBy ?? []), ...(resolves ? [subgraph] : [])],
  };
}
