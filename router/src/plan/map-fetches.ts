import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';

/** Puts another part of a plan in the place of each fetch; the first fetch of a subscription stays one. */
export function mapFetches(plan: QueryPlan, change: (fetch: FetchNode) => PlanNode): QueryPlan {
  const map = (node: PlanNode): PlanNode => {
    switch (node.kind) {
      case 'Fetch':
        return change(node);
      case 'Flatten':
        return { ...node, node: map(node.node) };
      case 'Sequence':
      case 'Parallel':
        return { ...node, nodes: node.nodes.map(map) };
      case 'Condition':
        return {
          ...node,
          ...(node.ifClause && { ifClause: map(node.ifClause) }),
          ...(node.elseClause && { elseClause: map(node.elseClause) }),
        };
      case 'Defer':
        throw new Error('a plan with @defer');
    }
  };
  const { node } = plan;
  if (!node) return plan;
  if (node.kind !== 'Subscription') return { ...plan, node: map(node) };
  const primary = change(node.primary);
  if (primary.kind !== 'Fetch') throw new Error('a subscription that begins with more than one fetch');
  return { ...plan, node: { ...node, primary, ...(node.rest && { rest: map(node.rest) }) } };
}
