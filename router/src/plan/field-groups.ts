import type { FieldNode } from 'graphql';
import type { EntityField, VariableCondition } from './entity-request.ts';
import { includesNeeds, mergeNeeds, needsOf, NO_NEEDS, type Needs } from './needs.ts';
import { PlanRefused } from './plan-errors.ts';
import type { PlanningSupergraph } from './planning-supergraph.ts';
import { requirementKey } from './required-fields.ts';

/** Fields of entities that a subgraph can be asked for together. */
export interface FieldGroup {
  /** What it must be given for them. */
  readonly needs: Needs;
  readonly fields: ReadonlySet<FieldNode>;
  /** When all that they need is fetched. */
  readonly conditions: readonly VariableCondition[];
}

/**
 * Puts fields together that need nothing with two values, and all of whose needs are fetched whenever one of them is asked
 * for.
 * @param isApart whether a field with such needs is put together only with fields that need the same
 * @throws PlanRefused when the needs of one field can't be met
 */
export function groupFields(
  fields: readonly EntityField[],
  subgraph: string,
  supergraph: Pick<PlanningSupergraph, 'requirements' | 'requiredFields'>,
  isApart: (needs: Needs) => boolean,
): readonly FieldGroup[] {
  const meantBy = (name: string) => supergraph.requiredFields.get(name)?.name.value ?? name;
  const conflict = (needs: Needs): boolean =>
    new Set([...needs.keys()].map(meantBy)).size < needs.size || [...needs.values()].some(conflict);

  const groups: FieldGroup[] = [];
  // What is always asked for comes first: others may need nothing that it does not.
  const inOrder = fields.toSorted((one, other) => one.conditions.length - other.conditions.length);
  for (const { field, typeName, conditions: given } of inOrder) {
    const required = supergraph.requirements.get(requirementKey(subgraph, typeName, field.name.value));
    const needs = required ? needsOf(required) : NO_NEEDS;
    if (conflict(needs)) {
      const message = `${typeName}.${field.name.value} requires one field with different arguments.`;
      throw new PlanRefused('OPERATION_NOT_SUPPORTED', message);
    }
    const conditions = needs.size === 0 ? [] : given;
    const at = groups.findIndex(
      (group) =>
        (isEqual(group.needs, needs) || !(isApart(group.needs) || isApart(needs))) &&
        ((isSame(group.conditions, conditions) && !conflict(mergeNeeds(group.needs, needs))) ||
          (group.conditions.length === 0 && includesNeeds(group.needs, needs))),
    );
    const { needs: others, fields: before, conditions: when } = groups[at] ?? { needs, fields: [], conditions };
    const group = { needs: mergeNeeds(others, needs), fields: new Set([...before, field]), conditions: when };
    groups.splice(at < 0 ? groups.length : at, 1, group);
  }
  return groups;
}

const isSame = (some: readonly VariableCondition[], others: readonly VariableCondition[]): boolean =>
  JSON.stringify(some) === JSON.stringify(others);

const isEqual = (one: Needs, other: Needs): boolean => includesNeeds(one, other) && includesNeeds(other, one);
