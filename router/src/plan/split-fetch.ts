import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { EntityRequest, type VariableCondition } from './entity-request.ts';
import { groupFields } from './field-groups.ts';
import { givenFields, givesOneFieldTwice } from './given-fields.ts';
import { mergeNeeds, NO_NEEDS } from './needs.ts';
import type { PlanningSupergraph } from './planning-supergraph.ts';

/**
 * Splits a request for entities in which the planner has put together what can't be asked for together:
 * - fields that require one field with different arguments, of which the subgraph could be given one value only;
 * - fields that require something, of which one is asked for on condition. What the other requires is then not always
 *   fetched, and who lacks a part of what is required is not asked for at all.
 * @throws PlanRefused when one field alone requires both values
 */
export function splitFetch(fetch: FetchNode, supergraph: PlanningSupergraph): PlanNode {
  const { requires, operation } = fetch;
  if (!requires || !(CONDITION.test(operation) || givesOneFieldTwice(requires))) return fetch;
  const request = new EntityRequest(fetch);
  const groups = groupFields(request.fields, fetch.serviceName, supergraph);
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
