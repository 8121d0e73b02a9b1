import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  Kind,
  isAbstractType,
  parse,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { satisfies } from '../compile/types.ts';
import { responseNameOf } from './fetched-names.ts';

/**
 * What a plan fetches at one place of the response, by the names under which it is fetched. The planner leaves out what it
 * finds nobody to ask for.
 */
export interface FetchedFields {
  /** Whether an object of a type has a field of that name. */
  has(name: string, typeName: string): boolean;
  below(name: string): FetchedFields;
}

/** @param schema with everything that only subgraphs may ask each other for */
export function fetchedFieldsOf(plan: QueryPlan, schema: GraphQLSchema): FetchedFields {
  const root = new FetchedPlace(schema);
  const { node } = plan;
  if (node?.kind === 'Subscription') {
    root.take(node.primary);
    if (node.rest) addPlan(node.rest, root);
  } else if (node) addPlan(node, root);
  return root;
}

function addPlan(node: PlanNode, at: FetchedPlace): void {
  switch (node.kind) {
    case 'Fetch':
      at.take(node);
      break;
    case 'Flatten':
      addPlan(node.node, placeAt(at, node.path));
      break;
    case 'Sequence':
    case 'Parallel':
      for (const each of node.nodes) addPlan(each, at);
      break;
    case 'Condition':
      for (const each of [node.ifClause, node.elseClause]) if (each) addPlan(each, at);
      break;
    case 'Defer':
      throw new Error('a plan with @defer');
  }
}

/** @param path as plans write it: `@` stands for the elements of a list */
export const placeAt = (from: FetchedPlace, path: readonly (string | number)[]): FetchedPlace =>
  path.reduce<FetchedPlace>((place, name) => (name === '@' ? place : place.below(String(name))), from);

/** Types that an object must be of, all of them. */
type TypeConditions = readonly string[];

export class FetchedPlace implements FetchedFields {
  readonly #schema: GraphQLSchema;
  readonly #fields = new Map<string, TypeConditions[]>();
  readonly #below = new Map<string, FetchedPlace>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  has(name: string, typeName: string): boolean {
    const alternatives = this.#fields.get(name) ?? [];
    // Of an object that does not say what it is nobody knows which conditions hold.
    if (isAbstractType(this.#schema.getType(typeName))) return alternatives.length > 0;
    return alternatives.some((conditions) => conditions.every((one) => satisfies(this.#schema, typeName, one)));
  }

  /** Whether an object of some type has it. */
  hasForSome(name: string): boolean {
    return this.#fields.has(name);
  }

  below(name: string): FetchedPlace {
    const known = this.#below.get(name);
    if (known) return known;
    const below = new FetchedPlace(this.#schema);
    this.#below.set(name, below);
    return below;
  }

  take({ operation, requires, outputRewrites = [] }: FetchNode): void {
    const { definitions } = parse(operation, { noLocation: true });
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const one of definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
    const names = new Map<string, string>();
    for (const rewrite of outputRewrites) {
      if (rewrite.kind === 'KeyRenamer') names.set(rewrite.path.at(-1) ?? '', rewrite.renameKeyTo);
    }
    for (const one of definitions) {
      if (one.kind !== Kind.OPERATION_DEFINITION) continue;
      const { selectionSet } = one;
      const [first] = selectionSet.selections;
      const answered = requires && first?.kind === Kind.FIELD ? first.selectionSet : selectionSet;
      if (answered) this.#add(answered, [], { fragments, names });
    }
  }

  #add(
    { selections }: SelectionSetNode,
    conditions: TypeConditions,
    fetch: {
      readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
      readonly names: ReadonlyMap<string, string>;
    },
  ): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const fetchedAs = responseNameOf(selection);
        const name = fetch.names.get(fetchedAs) ?? fetchedAs;
        this.#fields.set(name, [...(this.#fields.get(name) ?? []), conditions]);
        if (selection.selectionSet) this.below(name).#add(selection.selectionSet, [], fetch);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fetch.fragments.get(selection.name.value);
      const condition = fragment?.typeCondition?.name.value;
      if (fragment) this.#add(fragment.selectionSet, condition ? [...conditions, condition] : conditions, fetch);
    }
  }
}
