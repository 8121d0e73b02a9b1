import {
  GraphQLNonNull,
  Kind,
  OperationTypeNode,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  print,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { getOwn, type JsonObject } from '../compile/own.ts';
import type { CostModel, ListSize } from './cost-model.ts';

/** A mutation changes something, beside what it answers. */
const MUTATION_WEIGHT = 10;
/** More than any limit: sums stay numbers. */
const ENOUGH = 1e12;

/** A list that is asked to be longer than lists may be. */
export interface TooLong {
  /** The argument, as `Type.field(argument)`. */
  readonly argument: string;
  readonly found: number;
  readonly allowed: number;
}

export interface CostEstimate {
  readonly cost: number;
  readonly tooLong: readonly TooLong[];
}

/** @param variables as the client sent them */
export type EstimateCost = (variables: JsonObject) => CostEstimate;

export interface CostSource {
  readonly schema: GraphQLSchema;
  readonly costs: CostModel;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** How long a list is of which nothing is known. */
  readonly listSize: number;
  /** How long a list may be asked to be; as long as it likes when absent. */
  readonly mostListSize: number | undefined;
  /** Arguments that say how long a list may be, also where the schema does not say so. */
  readonly pageArguments: readonly string[];
}

/** What is known of a part of an operation: its cost, or how to find it from the variables. */
type Cost = number | ((variables: JsonObject) => number);

/**
 * Estimates the cost of an operation before it is executed: every object, and every leaf with a `@cost`, as often as the
 * lists around it are long. What depends on no variable is computed once, and each fragment once however often it is
 * spread.
 */
export function compileCost(source: CostSource): EstimateCost {
  const { schema, operation, mostListSize = Number.POSITIVE_INFINITY } = source;
  const root = schema.getRootType(operation.operation)?.name ?? '';
  const walk = new CostWalk(source);
  const cost = walk.selections(operation.selectionSet, root, undefined);
  const { limits } = walk;
  if (typeof cost === 'number' && limits.every(({ size }) => typeof size === 'number')) {
    const always = estimate(cost, limits, {}, mostListSize);
    return () => always;
  }
  return (variables) => estimate(cost, limits, variables, mostListSize);
}

interface Limit {
  readonly argument: string;
  readonly size: Cost;
}

function estimate(cost: Cost, limits: readonly Limit[], variables: JsonObject, most: number): CostEstimate {
  const tooLong = limits.flatMap(({ argument, size }) => {
    const found = evaluate(size, variables);
    return found > most ? [{ argument, found, allowed: most }] : [];
  });
  return { cost: evaluate(cost, variables), tooLong };
}

class CostWalk {
  readonly limits: Limit[] = [];
  readonly #source: CostSource;
  readonly #fragments = new Map<string, Cost>();
  /** Of variables that are not given. */
  readonly #defaults: ReadonlyMap<string, unknown>;

  constructor(source: CostSource) {
    this.#source = source;
    this.#defaults = new Map(
      (source.operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
        defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
      ),
    );
  }

  /** @param sized the fields that hold a list of which the size is known from the field above */
  selections({ selections }: SelectionSetNode, typeName: string, sized: Sized | undefined): Cost {
    return sum(
      selections.map((selection) => {
        if (selection.kind === Kind.FIELD) return this.#field(selection, typeName, sized);
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          return this.selections(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, sized);
        }
        return this.#fragment(selection.name.value, sized);
      }),
    );
  }

  #fragment(name: string, sized: Sized | undefined): Cost {
    // Where the field above says how long lists are, that is a part of what is known.
    const key = sized ? `${name} ${sized.key}` : name;
    const known = this.#fragments.get(key);
    if (known !== undefined) return known;
    const fragment = this.#source.fragments.get(name);
    const cost = fragment
      ? onceEach(this.selections(fragment.selectionSet, fragment.typeCondition.name.value, sized))
      : 0;
    this.#fragments.set(key, cost);
    return cost;
  }

  #field(node: FieldNode, typeName: string, sized: Sized | undefined): Cost {
    const { schema, costs } = this.#source;
    const fieldName = node.name.value;
    const type = schema.getType(typeName);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
    if (!field) return 0;
    const named = getNamedType(field.type);
    const size = costs.listSize(typeName, fieldName);
    const slice = this.#slice(node, field, typeName, size);
    const isList = isListType(field.type instanceof GraphQLNonNull ? field.type.ofType : field.type);
    const holds = size?.sizedFields ?? [];
    const below: Sized | undefined =
      slice !== undefined && (holds.length > 0 || !isList)
        ? { fields: holds, size: slice, key: `${typeName}.${fieldName}(${node.arguments?.map(print).join()})` }
        : undefined;
    const children =
      node.selectionSet && isCompositeType(named) ? this.selections(node.selectionSet, named.name, below) : 0;
    const one = sum([costs.ofField(typeName, fieldName) ?? costs.ofType(named.name), children]);
    const many = isList ? multiply(this.#length(fieldName, slice, holds, sized), one) : one;
    const given = sum((node.arguments ?? []).map(({ name }) => costs.ofArgument(typeName, fieldName, name.value)));
    const isChange =
      this.#source.operation.operation === OperationTypeNode.MUTATION && type === schema.getMutationType();
    return sum([many, given, isChange ? MUTATION_WEIGHT : 0]);
  }

  #length(fieldName: string, slice: Cost | undefined, holds: readonly string[], sized: Sized | undefined): Cost {
    // A connection without `sizedFields` tells the size of whatever lists lie directly in it.
    if (sized && (sized.fields.length === 0 || sized.fields.includes(fieldName))) return sized.size;
    if (slice !== undefined && holds.length === 0) return slice;
    return this.#source.listSize;
  }

  /** How long the list of a field is by its arguments or `assumedSize`, if anything is known. */
  #slice(
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    typeName: string,
    size: ListSize | undefined,
  ): Cost | undefined {
    const names = new Set([...(size?.slicingArguments ?? []), ...this.#source.pageArguments]);
    const sizes: Cost[] = [];
    for (const { name, defaultValue } of field.args) {
      if (!names.has(name)) continue;
      const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
      const asked = this.#asked(given, defaultValue, size?.assumedSize ?? this.#source.listSize);
      if (asked === undefined) continue;
      sizes.push(asked);
      this.limits.push({ argument: `${typeName}.${field.name}(${name})`, size: asked });
    }
    if (sizes.length === 0) return size?.assumedSize;
    if (sizes.every((one) => typeof one === 'number')) return Math.max(...sizes);
    return (variables) => Math.max(...sizes.map((one) => evaluate(one, variables)));
  }

  /**
   * How many elements an argument asks for, at least none; nothing when it is not given.
   * @param otherwise its default
   * @param unknown when the variable that it is given by has no value
   */
  #asked(given: ValueNode | undefined, otherwise: unknown, unknown: number): Cost | undefined {
    if (given?.kind !== Kind.VARIABLE) {
      return atLeastNone(given?.kind === Kind.INT ? Number(given.value) : otherwise);
    }
    const name = given.name.value;
    const usual = this.#defaults.get(name) ?? otherwise;
    return (variables) => atLeastNone(getOwn(variables, name) ?? usual) ?? unknown;
  }
}

interface Sized {
  readonly fields: readonly string[];
  readonly size: Cost;
  /** Tells it from others: the same field with the same arguments is as long, wherever it stands. */
  readonly key: string;
}

const atLeastNone = (value: unknown): number | undefined =>
  typeof value === 'number' ? Math.max(0, value) : undefined;

/** Evaluated once for each request: fragments that spread each other twice would double the work at every level. */
function onceEach(cost: Cost): Cost {
  if (typeof cost === 'number') return cost;
  let last: { of: JsonObject; cost: number } | undefined;
  return (variables) => {
    if (last?.of !== variables) last = { of: variables, cost: evaluate(cost, variables) };
    return last.cost;
  };
}

const evaluate = (cost: Cost, variables: JsonObject): number =>
  typeof cost === 'number' ? cost : Math.min(cost(variables), ENOUGH);

function sum(costs: readonly Cost[]): Cost {
  const constant = costs.reduce<number>((total, cost) => total + (typeof cost === 'number' ? cost : 0), 0);
  const variable = costs.filter((cost) => typeof cost !== 'number');
  if (variable.length === 0) return Math.min(constant, ENOUGH);
  return (variables) => variable.reduce((total, cost) => total + evaluate(cost, variables), constant);
}

function multiply(length: Cost, cost: Cost): Cost {
  if (typeof length === 'number' && typeof cost === 'number') return Math.min(length * cost, ENOUGH);
  return (variables) => evaluate(length, variables) * evaluate(cost, variables);
}
