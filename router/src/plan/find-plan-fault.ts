import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import {
  Kind,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  parse,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { findMissingInput } from './find-missing-input.ts';
import { namesGiven } from './given-fields.ts';
import { mapFetches } from './map-fetches.ts';
import { includesNeeds, mergeNeeds, needsOf, NO_NEEDS, type Needs } from './needs.ts';
import type { PlanningSupergraph } from './planning-supergraph.ts';
import { requirementKey } from './required-fields.ts';

/**
 * Looks for a field that a subgraph can't be asked for as a plan does: without what the field requires, or where it is
 * another subgraph's. The planner makes such plans where a field requires another one that requires something itself, and
 * where it requires an object of its own subgraph with fields of others. And for what is missing in a plan.
 * @param schema with everything that only subgraphs may ask each other for
 * @returns its coordinate, or its name
 */
export function findPlanFault(
  plan: QueryPlan,
  supergraph: PlanningSupergraph,
  schema: GraphQLSchema,
): string | undefined {
  if (supergraph.requirements.size === 0) return undefined;
  let fault: string | undefined;
  mapFetches(plan, (fetch) => {
    fault ??= new FetchVerifier(fetch, supergraph, schema).find();
    return fetch;
  });
  return fault ?? findMissingInput(plan, schema);
}

class FetchVerifier {
  readonly #fetch: FetchNode;
  readonly #supergraph: PlanningSupergraph;
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  #fault: string | undefined;

  constructor(fetch: FetchNode, supergraph: PlanningSupergraph, schema: GraphQLSchema) {
    this.#fetch = fetch;
    this.#supergraph = supergraph;
    this.#schema = schema;
  }

  find(): string | undefined {
    const { operation, operationKind, requires } = this.#fetch;
    const { definitions } = parse(operation, { noLocation: true });
    for (const one of definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(one.name.value, one);
    for (const one of definitions) {
      if (one.kind !== Kind.OPERATION_DEFINITION) continue;
      const [first] = one.selectionSet.selections;
      if (requires && first?.kind === Kind.FIELD && first.selectionSet) {
        this.#look(first.selectionSet, '', namesGiven(requires), NO_NEEDS);
      } else this.#look(one.selectionSet, this.#schema.getRootType(operationKind)?.name ?? '', NO_NEEDS, NO_NEEDS);
    }
    return this.#fault;
  }

  /**
   * @param given of the objects that the selections are of
   * @param provided of them, beside what is the subgraph's own
   */
  #look({ selections }: SelectionSetNode, typeName: string, given: Needs, provided: Needs): void {
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
        if (fragment)
          this.#look(fragment.selectionSet, fragment.typeCondition?.name.value ?? typeName, given, provided);
        continue;
      }
      const name = selection.name.value;
      this.#check(typeName, name, given, provided);
      const type = this.#schema.getType(typeName);
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
      if (!field || !selection.selectionSet) continue;
      const own = this.#supergraph.externals.providedBelow(this.#fetch.serviceName, typeName, name);
      const below = mergeNeeds(own, provided.get(name) ?? NO_NEEDS);
      this.#look(selection.selectionSet, getNamedType(field.type).name, NO_NEEDS, below);
    }
  }

  #check(typeName: string, fieldName: string, given: Needs, provided: Needs): void {
    const { requirements, externals } = this.#supergraph;
    const { serviceName } = this.#fetch;
    if (externals.isExternal(serviceName, typeName, fieldName) && !provided.has(fieldName)) {
      this.#fault ??= `${typeName}.${fieldName}`;
    }
    const type = this.#schema.getType(typeName);
    const possible = isAbstractType(type) ? this.#schema.getPossibleTypes(type).map(({ name }) => name) : [];
    for (const one of [typeName, ...possible]) {
      const key = requirementKey(serviceName, one, fieldName);
      const required = requirements.get(key);
      if (!required || includesNeeds(given, needsOf(required))) continue;
      this.#fault ??= `${one}.${fieldName}`;
    }
  }
}
