import type { FetchNode, PlanNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { EntityRequest, type VariableCondition } from './entity-request.ts';
import { groupFields } from './field-groups.ts';
import { needsAny } from './conditional-names.ts';
import { givenFields, givesOneFieldTwice, namesGiven } from './given-fields.ts';
import { mergeNeeds, NO_NEEDS } from './needs.ts';
import type { PlanningSupergraph } from './planning-supergraph.ts';

/**
 * Splits a request for entities in which the planner has put together what can't be asked for together:
 * - fields that require one field with different arguments, of which the subgraph could be given one value only;
 * - fields that require something, of which one is asked for on condition. What the other requires is then not always
 *   fetched, and who lacks a part of what is required is not asked for at all. The planner may drop the condition itself;
 * - fields of an interface that the subgraph has as an object type, of which one that requires something is asked for of
 *   some implementations only. What it requires is then not fetched of the others.
 * @param conditional names of fields that the plan fetches on condition
 * @throws PlanRefused when one field alone requires both values
 */
export function splitFetch(
  fetch: FetchNode,
  supergraph: PlanningSupergraph,
  conditional: ReadonlySet<string>,
): PlanNode {
  const { requires, operation } = fetch;
  if (!requires) return fetch;
  const isOfImplementations = isOfInterfaceAndOthers(requires, supergraph.interfaceObjects);
  const isAnyConditional = needsAny(namesGiven(requires), conditional);
  if (!(isOfImplementations || isAnyConditional || CONDITION.test(operation) || givesOneFieldTwice(requires)))
    return fetch;
  const request = new EntityRequest(fetch);
  const groups = groupFields(
    request.fields,
    fetch.serviceName,
    supergraph,
    (needs) => isOfImplementations || needsAny(needs, conditional),
  );
  if (groups.length < 2) return fetch;
  const allNeeds = groups.map(({ needs }) => needs).reduce(mergeNeeds, NO_NEEDS);
  const keysOf = (typeName: string) => supergraph.keysOf(fetch.serviceName, typeName);
  const nodes = groups.map(({ needs, fields, conditions }) =>
    onCondition(conditions, {
      ...fetch,
      ...request.only(fields),
      requires: givenFields(requires, needs, allNeeds, keysOf),
    }),
  );
  return { kind: 'Parallel', nodes };
}

function isOfInterfaceAndOthers(
  requires: readonly QueryPlanSelectionNode[],
  interfaceObjects: ReadonlySet<string>,
): boolean {
  const types = new Set(requires.map((one) => (one.kind === 'InlineFragment' ? one.typeCondition : undefined)));
  return types.size > 1 && [...types].some((type) => type !== undefined && interfaceObjects.has(type));
}

const CONDITION = /@(?:skip|include)\(/;

const onCondition = (conditions: readonly VariableCondition[], node: PlanNode): PlanNode =>
  conditions.reduceRight<PlanNode>(
    (inner, { variable, equals }) => ({
      kind: 'Condition',
      condition: variable,
      ...(equals ? { ifClause: inner } : { elseClause: inner }),
    }),
    node,
  );
