import {
  Kind,
  getNamedType,
  isInterfaceType,
  isObjectType,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { AccessRequirement, AccessRules } from './access-rules.ts';

/** What clients are told of what is withheld. */
export const UNAUTHORIZED = {
  message: 'Unauthorized field or type',
  extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
};

type Path = readonly string[];

export interface GuardedOperation {
  readonly schema: GraphQLSchema;
  readonly rules: AccessRules;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Everything that an operation asks of whoever sends it. */
export function requirementsOf(guarded: GuardedOperation): readonly AccessRequirement[] {
  if (!guarded.rules.any) return [];
  const all = new Set<AccessRequirement>();
  walk(guarded, (_selection, needs) => {
    for (const need of needs) all.add(need);
    return true;
  });
  return [...all];
}

export interface Restricted {
  /** The operation without what is withheld. */
  readonly document: DocumentNode;
  /** What is withheld, in the document as it was. */
  readonly withheld: ReadonlySet<SelectionNode>;
  /** Where nothing at all is left: one error for each root field. */
  readonly nothingLeft?: readonly GraphQLFormattedError[];
}

/** Takes out of an operation what asks for one of these. */
export function restrictDocument(guarded: GuardedOperation, unmet: ReadonlySet<AccessRequirement>): Restricted {
  const withheld = new Set<SelectionNode>();
  const errors: GraphQLFormattedError[] = [];
  walk(guarded, (selection, needs, path) => {
    if (!needs.some((need) => unmet.has(need))) return true;
    withheld.add(selection);
    errors.push({ ...UNAUTHORIZED, path });
    return false;
  });
  const take = (node: SelectionNode) => (withheld.has(node) ? null : undefined);
  const document = visit(guarded.document, {
    Field: { enter: take },
    InlineFragment: { enter: take },
    FragmentSpread: { enter: take },
    SelectionSet: { leave: (node) => (node.selections.length === 0 ? NOTHING_ELSE : undefined) },
  });
  const { selections } = guarded.operation.selectionSet;
  const isEmpty = selections.every((selection) => withheld.has(selection));
  return { document, withheld, ...(isEmpty && { nothingLeft: errors }) };
}

/** An object of which nothing may be told is there all the same. */
const NOTHING_ELSE: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};

/** @returns whether to look at what lies below */
type Visit = (selection: SelectionNode, needs: readonly AccessRequirement[], path: Path) => boolean;

/** Visits what an operation selects, each fragment once: at the first place where it is spread. */
function walk({ schema, rules, operation, fragments }: GuardedOperation, see: Visit): void {
  const entered = new Set<string>();

  const within = ({ selections }: SelectionSetNode, typeName: string, path: Path): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        field(selection, typeName, path);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment) continue;
      const condition = fragment.typeCondition?.name.value;
      const needs = condition === undefined ? [] : rules.ofType(condition);
      if (!see(selection, needs, path)) continue;
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (entered.has(selection.name.value)) continue;
        entered.add(selection.name.value);
      }
      within(fragment.selectionSet, condition ?? typeName, path);
    }
  };

  const field = (node: FieldNode, typeName: string, path: Path): void => {
    const name = node.name.value;
    if (name.startsWith('__')) return;
    const type = schema.getType(typeName);
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (!definition) return;
    const here = [...path, (node.alias ?? node.name).value];
    if (!see(node, rules.ofField(typeName, name), here) || !node.selectionSet) return;
    within(node.selectionSet, getNamedType(definition.type).name, here);
  };

  within(operation.selectionSet, schema.getRootType(operation.operation)?.name ?? '', []);
}
