import type { PlanNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { compileFetch, type Step } from './compile-fetch.ts';
import type { FlattenPath } from './flatten.ts';

/** @throws Error for a plan with `@defer`, which the planner does not make */
export function compilePlan(node: PlanNode | undefined, schema: GraphQLSchema, path: FlattenPath = []): Step {
  if (!node) return () => undefined;
  switch (node.kind) {
    case 'Fetch':
      return compileFetch(node, path, schema);
    case 'Flatten':
      return compilePlan(node.node, schema, [...path, ...node.path]);
    case 'Sequence':
      return inSequence(node.nodes.map((child) => compilePlan(child, schema, path)));
    case 'Parallel':
      return inParallel(node.nodes.map((child) => compilePlan(child, schema, path)));
    case 'Condition': {
      const { condition } = node;
      const [yes, no] = [node.ifClause, node.elseClause].map((child) => compilePlan(child, schema, path));
      return (execution) => (execution.defaulted[condition] === true ? yes?.(execution) : no?.(execution));
    }
    case 'Defer':
      throw new Error('a plan with @defer');
  }
}

function inSequence(steps: readonly Step[]): Step {
  const [only] = steps;
  if (steps.length === 1 && only) return only;
  return async (execution) => {
    for (const step of steps) await step(execution);
  };
}

function inParallel(steps: readonly Step[]): Step {
  return (execution) => {
    const waits = steps.flatMap((step) => step(execution) ?? []);
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined);
  };
}
