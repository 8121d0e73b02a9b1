import {
  Kind,
  getArgumentValues,
  isAbstractType,
  isLeafType,
  parseType,
  type GraphQLSchema,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import { parseFieldSet } from './field-set.ts';
import { keyValue } from './key-values.ts';
import { findType, type Model } from './model.ts';
import { makeLeaf } from './leaf-values.ts';
import { MergedModel, type MergedField } from './merge-model.ts';
import { hash } from './random.ts';

/** So many objects are there of each entity. */
export const ENTITY_COUNT = 4;

/** An object of the model. Everything that is known of it follows from its seed, which for an entity is `Book#2`. */
export interface ModelObject {
  readonly __typename: string;
  readonly seed: string;
}

export const isModelObject = (value: unknown): value is ModelObject =>
  typeof value === 'object' && value !== null && 'seed' in value;

export type Arguments = Readonly<Record<string, unknown>>;

/** The data of a model: each value is a function of the object, the field, its arguments and what it requires. */
export class ModelData {
  readonly merged: MergedModel;
  readonly fullSchema: GraphQLSchema;
  #counted = 0;

  constructor(readonly model: Model) {
    this.merged = new MergedModel(model);
    this.fullSchema = this.merged.schema({ inaccessible: true });
  }

  /** Begins the count of mutations anew. */
  reset(): void {
    this.#counted = 0;
  }

  /** @throws Error where the data says that the field fails */
  value(object: ModelObject, fieldName: string, args: Arguments): unknown {
    const field = this.merged.fieldOf(object.__typename, fieldName);
    if (field.isKey || object.__typename === 'Slot') return keyValue(object.seed, fieldName, field.type);
    if (field.requires === undefined) return this.#make(field, object, args, '');
    return this.compute(object, fieldName, args, this.select(parseFieldSet(field.requires), object));
  }

  /** The value of a field with `@requires`. @param required what it requires */
  compute(object: ModelObject, fieldName: string, args: Arguments, required: unknown): unknown {
    return this.#make(this.merged.fieldOf(object.__typename, fieldName), object, args, stableText(required));
  }

  /** What a field set says of an object. */
  select({ selections }: SelectionSetNode, object: ModelObject): Record<string, unknown> {
    const selected: Record<string, unknown> = {};
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const { name, selectionSet } = selection;
        if (name.value === '__typename') {
          selected.__typename = object.__typename;
          continue;
        }
        const type = this.fullSchema.getType(object.__typename);
        const declared = type && 'getFields' in type ? type.getFields()[name.value] : undefined;
        if (!declared || !('args' in declared))
          throw new TypeError(`There is no field ${object.__typename}.${name.value}.`);
        const value = this.value(object, name.value, getArgumentValues(declared, selection));
        selected[name.value] = this.#selectIn(selectionSet, value);
      } else if (
        selection.kind === Kind.INLINE_FRAGMENT &&
        this.isOfType(object, selection.typeCondition?.name.value)
      ) {
        Object.assign(selected, this.select(selection.selectionSet, object));
      }
    }
    return selected;
  }

  isOfType({ __typename }: { __typename: string }, condition: string | undefined): boolean {
    if (condition === undefined || condition === __typename) return true;
    const [type, abstract] = [this.fullSchema.getType(__typename), this.fullSchema.getType(condition)];
    return isAbstractType(abstract) && this.fullSchema.getPossibleTypes(abstract).some((possible) => possible === type);
  }

  #selectIn(selectionSet: SelectionSetNode | undefined, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((element) => this.#selectIn(selectionSet, element));
    return selectionSet && isModelObject(value) ? this.select(selectionSet, value) : value;
  }

  #make(field: MergedField, { seed }: ModelObject, args: Arguments, required: string): unknown {
    if (field.owner === 'Mutation' && field.name.startsWith('count')) return (this.#counted += 1);
    const text = `${field.owner}.${field.name}(${stableText(args)}) ${seed} ${required}`;
    if (field.fails && hash(`fails ${text}`) % 7 === 0) throw new Error(`${field.owner}.${field.name} fails`);
    return this.#makeOf(parseType(field.type), text, field);
  }

  #makeOf(type: TypeNode, text: string, field: MergedField): unknown {
    const seed = hash(text);
    if (type.kind !== Kind.NON_NULL_TYPE && seed % 7 === 0) return null;
    const nullable = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    if (nullable.kind === Kind.LIST_TYPE) {
      return Array.from({ length: (seed >>> 4) % 4 }, (_none, index) =>
        this.#makeOf(nullable.type, `${text}/${index}`, field),
      );
    }
    const name = nullable.name.value;
    if (isLeafType(this.fullSchema.getType(name))) return makeLeaf(name, seed >>> 4);
    const possible = this.#possibleTypes(name, field.resolvedBy);
    const typename = possible[(seed >>> 4) % possible.length];
    if (typename === undefined) throw new TypeError(`No subgraph knows what ${field.owner}.${field.name} may be.`);
    const isEntity = this.merged.types.get(typename)?.kind === 'entity';
    return {
      __typename: typename,
      seed: isEntity ? `${typename}#${(seed >>> 8) % ENTITY_COUNT}` : `${typename} ${seed}`,
    };
  }

  /** Object types that all of the subgraphs know as one of `name`. */
  #possibleTypes(name: string, subgraphs: readonly string[]): string[] {
    const perSubgraph = this.model.subgraphs
      .filter((subgraph) => subgraphs.includes(subgraph.name))
      .map((subgraph) => {
        const declared = findType(subgraph, name);
        if (declared?.kind === 'union') return declared.members;
        if (declared?.kind === 'interface object') return this.merged.implementersOf(name);
        if (declared?.kind !== 'interface') return [name];
        return subgraph.types.flatMap((type) =>
          'implements' in type && type.kind !== 'interface' && type.implements.includes(name) ? [type.name] : [],
        );
      });
    const [first = [], ...others] = perSubgraph;
    return first.filter((typename) => others.every((known) => known.includes(typename))).toSorted();
  }
}

/** JSON with the names of each object in alphabetical order. */
function stableText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableText).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const parts = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => `${name}:${stableText(inner)}`);
  return `{${parts.join()}}`;
}
