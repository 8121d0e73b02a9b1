import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  Kind,
  execute,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { parseFieldSet } from './field-set.ts';
import { fieldsTypeOf, findField, hasFields, namedTypeOf, type FieldDeclaration, type Subgraph } from './model.ts';
import { ENTITY_COUNT, isModelObject, type ModelData, type ModelObject } from './model-data.ts';
import { printSubgraph } from './print-subgraph.ts';
import { readGiven, type IsOfType, type Representation } from './read-given.ts';

/** An object as a subgraph knows it. */
interface Source extends ModelObject {
  /** What the router told of it. */
  readonly given?: Representation;
  /** External fields that the subgraph resolves, at this place only. */
  readonly provided?: SelectionSetNode | undefined;
}

export interface GraphQLRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
}

/**
 * A GraphQL server that knows of the model only what its SDL says. Whatever the router may not ask it, it answers with an
 * error and remembers as a violation.
 */
export class ModelSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly violations: string[] = [];
  readonly #schema: GraphQLSchema;

  constructor(
    readonly subgraph: Subgraph,
    private readonly data: ModelData,
  ) {
    this.name = subgraph.name;
    this.sdl = printSubgraph(subgraph);
    const __resolveReference = async (reference: Representation): Promise<Source> => this.#resolve(reference);
    const keyed = subgraph.types.filter((type) => hasFields(type) && type.keys.length > 0);
    const resolvers = Object.fromEntries(keyed.map(({ name }) => [name, { __resolveReference }]));
    this.#schema = buildSubgraphSchema([{ typeDefs: parse(this.sdl), resolvers }]);
  }

  async answer({ query, operationName, variables = {} }: GraphQLRequest): Promise<ExecutionResult> {
    const document = parse(query);
    const faults = validate(this.#schema, document);
    if (faults.length > 0) {
      for (const { message } of faults) this.#violation(`an invalid operation: ${message}: ${query}`);
      return { errors: faults };
    }
    return execute({
      schema: this.#schema,
      document,
      rootValue: { __typename: 'Query', seed: 'root' },
      variableValues: variables,
      operationName: operationName ?? null,
      fieldResolver: this.#resolveField,
    });
  }

  readonly #resolveField: GraphQLFieldResolver<Source, unknown> = (
    source,
    args,
    _context,
    { fieldName, parentType },
  ) => {
    const field = findField(fieldsTypeOf(this.subgraph, parentType.name), fieldName);
    if (!field) throw this.#violation(`unknown field ${parentType.name}.${fieldName}`);
    const object = { __typename: parentType.name, seed: source.seed };
    const provided = this.#providedBelow(source.provided, field);
    const mayResolve = field.role === 'own' || field.role === 'key' || (field.role === 'external' && provided);
    if (!mayResolve) throw this.#violation(`asked for ${field.role} field ${parentType.name}.${fieldName}`);
    const value =
      field.requires === undefined
        ? this.data.value(object, fieldName, args)
        : this.data.compute(
            object,
            fieldName,
            args,
            this.#required(source, field.requires, `${parentType.name}.${fieldName}`),
          );
    return this.#known(value, provided || undefined);
  };

  /** What is provided below a field; false when the field itself is not provided. */
  #providedBelow(
    provided: SelectionSetNode | undefined,
    field: FieldDeclaration,
  ): SelectionSetNode | undefined | false {
    if (field.provides !== undefined) return parseFieldSet(field.provides);
    const within = provided?.selections.find(
      (selection) => selection.kind === Kind.FIELD && selection.name.value === field.name,
    );
    if (within?.kind !== Kind.FIELD) return field.role === 'external' ? false : undefined;
    return within.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] };
  }

  #required(source: Source, requires: string, coordinate: string): unknown {
    const isOfType: IsOfType = (object, condition) => this.data.isOfType(object, condition);
    const required: Record<string, unknown> = {};
    for (const selection of parseFieldSet(requires).selections) {
      const alone: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [selection] };
      const isGiven = selection.kind !== Kind.FIELD || Object.hasOwn(source.given ?? {}, selection.name.value);
      try {
        if (source.given && isGiven) Object.assign(required, readGiven(alone, source.given, isOfType));
        else Object.assign(required, this.#selectHere(alone, source));
      } catch (error) {
        throw this.#violation(`${coordinate}: ${(error as Error).message}`);
      }
    }
    return required;
  }

  /** What the subgraph knows of an object without being told. @throws Error where it does not */
  #selectHere(required: SelectionSetNode, source: Source): Record<string, unknown> {
    if (!this.#knows(required, source.__typename, source.provided)) throw new Error('without what it requires');
    return this.data.select(required, source);
  }

  #knows({ selections }: SelectionSetNode, typename: string, provided: SelectionSetNode | undefined): boolean {
    return selections.every((selection) => {
      if (selection.kind !== Kind.FIELD || selection.name.value === '__typename') return selection.kind === Kind.FIELD;
      const field = findField(fieldsTypeOf(this.subgraph, typename), selection.name.value);
      const below = field && this.#providedBelow(provided, field);
      if (!field || field.requires !== undefined || below === false) return false;
      return !selection.selectionSet || this.#knows(selection.selectionSet, namedTypeOf(field.type), below);
    });
  }

  /** As this subgraph knows a value: objects behind an interface object by its name. */
  #known(value: unknown, provided: SelectionSetNode | undefined): unknown {
    if (Array.isArray(value)) return value.map((element) => this.#known(element, provided));
    if (!isModelObject(value)) return value;
    return { __typename: this.#nameHere(value.__typename), seed: value.seed, provided };
  }

  #nameHere(typename: string): string {
    if (this.subgraph.types.some(({ name }) => name === typename)) return typename;
    const interfaces = this.data.merged.types.get(typename)?.implements ?? [];
    return (
      this.subgraph.types.find(({ kind, name }) => kind === 'interface object' && interfaces.includes(name))?.name ??
      typename
    );
  }

  /** The entity that a representation names by one of the keys that this subgraph resolves. */
  #resolve(given: Representation): Source {
    const declared = fieldsTypeOf(this.subgraph, String(given.__typename));
    const isAbstract = declared.kind === 'interface' || declared.kind === 'interface object';
    const typenames = isAbstract ? this.data.merged.implementersOf(declared.name) : [declared.name];
    for (const { fields, resolvable } of declared.keys) {
      if (!resolvable) continue;
      let key: string;
      try {
        key = JSON.stringify(readGiven(parseFieldSet(fields), given, () => true));
      } catch {
        continue;
      }
      for (const __typename of typenames) {
        for (let number = 0; number < ENTITY_COUNT; number += 1) {
          const object = { __typename, seed: `${__typename}#${number}` };
          if (JSON.stringify(this.data.select(parseFieldSet(fields), object)) === key) {
            return { __typename: this.#nameHere(__typename), seed: object.seed, given };
          }
        }
      }
      throw this.#violation(`no ${declared.name} with the key ${key}`);
    }
    throw this.#violation(`no resolvable key in ${JSON.stringify(given)}`);
  }

  #violation(what: string): Error {
    this.violations.push(`${this.name}: ${what}`);
    return new Error(what);
  }
}
