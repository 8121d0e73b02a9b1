import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { BREAK, Kind, parse, visit, type ASTNode } from 'graphql';
import { isCondition } from './certain-selections.ts';
import type { Needs } from './needs.ts';

/** The names of the fields that a plan fetches under a condition somewhere. */
export function conditionalNamesIn({ node }: QueryPlan): ReadonlySet<string> {
  const names = new Set<string>();
  if (node?.kind === 'Subscription') {
    addFrom(node.primary, false, names);
    if (node.rest) addFrom(node.rest, false, names);
  } else if (node) addFrom(node, false, names);
  return names;
}

function addFrom(node: PlanNode, isConditional: boolean, names: Set<string>): void {
  switch (node.kind) {
    case 'Fetch':
      addFromOperation(node.operation, isConditional, names);
      break;
    case 'Flatten':
      addFrom(node.node, isConditional, names);
      break;
    case 'Sequence':
    case 'Parallel':
      for (const each of node.nodes) addFrom(each, isConditional, names);
      break;
    case 'Condition':
      for (const each of [node.ifClause, node.elseClause]) if (each) addFrom(each, true, names);
      break;
    case 'Defer':
      throw new Error('a plan with @defer');
  }
}

function addFromOperation(operation: string, isConditional: boolean, names: Set<string>): void {
  if (!isConditional && !/@(?:skip|include)\(/.test(operation)) return;
  const document = parse(operation, { noLocation: true });
  if (isConditional || hasSpread(document)) return addNames(document, names);
  visit(document, {
    enter(node) {
      if ('directives' in node && (node.directives as readonly ASTNode[]).some(isConditionNode)) addNames(node, names);
    },
  });
}

/** Fragments are not followed: an operation with any counts as a whole. */
function hasSpread(document: ASTNode): boolean {
  let found = false;
  visit(document, {
    FragmentSpread() {
      found = true;
      return BREAK;
    },
  });
  return found;
}

const isConditionNode = (node: ASTNode): boolean => node.kind === Kind.DIRECTIVE && isCondition(node);

function addNames(node: ASTNode, names: Set<string>): void {
  visit(node, { Field: ({ name }) => void names.add(name.value) });
}

/** Whether something is needed that has one of the names. */
export const needsAny = (needs: Needs, names: ReadonlySet<string>): boolean =>
  names.size > 0 && [...needs].some(([name, below]) => names.has(name) || needsAny(below, names));
