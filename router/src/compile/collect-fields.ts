import {
  Kind,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';
import { UNAUTHORIZED } from '../access/restrict-document.ts';
import type { CostModel } from '../cost/cost-model.ts';
import { fetchedNameKey, responseNameOf, type FetchedNames } from '../plan/fetched-names.ts';
import type { FieldRefusal } from './field-refusal.ts';
import { satisfies } from './types.ts';

/** `@include(if: $variable)` with `equals` true, `@skip(if: $variable)` with `equals` false. */
export interface Condition {
  readonly variable: string;
  readonly equals: boolean;
}

/** Selections of one level with the type that they are written against and what must hold for them to count. */
export interface SelectionGroup {
  readonly parentType: string;
  readonly selections: readonly SelectionNode[];
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
  /** They stand in a selection that is withheld. */
  readonly withheld?: boolean;
}

/** One key of the response, for objects of one type: what all selections together ask for under it. */
export interface CollectedField {
  readonly responseName: string;
  /** The key of what was fetched. */
  readonly fetchedName: string;
  readonly fieldName: string;
  /** Absent for `__typename`, `__schema` and `__type`. */
  readonly type?: GraphQLOutputType;
  /** What messages call its parent: the type condition that it stands under, else the object's own type. */
  readonly parentType: string;
  /** Why it is null, whatever is known of it. */
  readonly refusal?: FieldRefusal;
  /** It is there when one of these holds, each the conjunction of its members; an empty one always holds. */
  readonly when: readonly (readonly Condition[])[];
  /** It is not there, but earlier, when one of these holds: its place is that of the first selection that counts. */
  readonly unless: readonly (readonly Condition[])[];
  readonly groups: readonly SelectionGroup[];
}

export interface CollectContext {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly costs: Pick<CostModel, 'ofType' | 'ofField'>;
  /** Selections that the caller may not be answered, and what lies in them. */
  readonly withheld: ReadonlySet<SelectionNode>;
  readonly fetchedNames?: FetchedNames | undefined;
}

/** `CollectFields` of the GraphQL specification (6.3.2), done once for all requests: conditions are kept, not evaluated. */
export function collectFields(
  groups: readonly SelectionGroup[],
  runtimeType: string,
  context: CollectContext,
): readonly CollectedField[] {
  const collection: Collection = { ...context, runtimeType, fields: new Map(), spread: new Set(), selections: 0 };
  for (const group of groups) collect(group, runtimeType, collection);
  return [...collection.fields.values()]
    .flatMap(placesOf)
    .toSorted((one, other) => one.place - other.place)
    .map(({ field }) => field);
}

/** A field once for each place where it may be. */
function placesOf({ places, ...field }: FieldInCollection): readonly { place: number; field: CollectedField }[] {
  const { when, groups } = field;
  if (when.length === 1) {
    // The only selection of a field is reached only when its conditions hold.
    const unconditional = groups.map((group) => ({ ...group, conditions: [] }));
    return [{ place: places[0] ?? 0, field: { ...field, groups: unconditional } }];
  }
  const certain = when.findIndex((conditions) => conditions.length === 0);
  return when.slice(0, certain < 0 ? when.length : certain + 1).map((conditions, index) => ({
    place: places[index] ?? 0,
    field: { ...field, when: [conditions], unless: when.slice(0, index) },
  }));
}

/** With the places of its selections among all of them, beside `when`. */
interface FieldInCollection extends CollectedField {
  readonly places: readonly number[];
}

interface Collection extends CollectContext {
  readonly runtimeType: string;
  readonly fields: Map<string, FieldInCollection>;
  /** How many there were so far. */
  selections: number;
  /** Fragments that were spread already, each with its conditions. */
  readonly spread: Set<string>;
}

function collect(
  { parentType, selections, conditions, withheld: within = false }: SelectionGroup,
  describedAs: string,
  collection: Collection,
): void {
  for (const selection of selections) {
    const own = conditionsOf(selection);
    if (own === 'never') continue;
    const all = [...conditions, ...own];
    const withheld = within || collection.withheld.has(selection);
    if (selection.kind === Kind.FIELD) {
      addField(selection, { parentType, describedAs, conditions: all, withheld }, collection);
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : collection.fragments.get(selection.name.value);
    if (!fragment) continue;
    const condition = fragment.typeCondition?.name.value;
    if (condition !== undefined && !satisfies(collection.schema, collection.runtimeType, condition)) continue;
    // The same fragment spread again under the same conditions adds nothing.
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const key = `${selection.name.value} ${JSON.stringify(all)} ${withheld}`;
      if (collection.spread.has(key)) continue;
      collection.spread.add(key);
    }
    const group = {
      parentType: condition ?? parentType,
      selections: fragment.selectionSet.selections,
      conditions: all,
      withheld,
    };
    collect(group, condition ?? describedAs, collection);
  }
}

function addField(
  node: FieldNode,
  at: { parentType: string; describedAs: string; conditions: readonly Condition[]; withheld: boolean },
  collection: Collection,
): void {
  const { schema, fields, fetchedNames } = collection;
  const place = collection.selections;
  collection.selections += 1;
  const fieldName = node.name.value;
  const withheld = at.withheld && fieldName !== '__typename';
  const responseName = responseNameOf(node);
  const declared = fieldTypeOf(schema, at.parentType, fieldName);
  // An object may promise more of its field than the interface that it is selected through.
  const type = declared && (fieldTypeOf(schema, collection.runtimeType, fieldName) ?? declared);
  const named = declared && getNamedType(declared);
  const groups: SelectionGroup[] =
    node.selectionSet && isCompositeType(named)
      ? [{ parentType: named.name, selections: node.selectionSet.selections, conditions: at.conditions }]
      : [];
  const present = fields.get(responseName);
  // What is asked for in two ways, of which one is allowed, is answered as that one asks.
  if (present && withheld) return;
  const others = present?.refusal ? undefined : present;
  fields.set(
    responseName,
    others
      ? {
          ...others,
          when: [...others.when, at.conditions],
          places: [...others.places, place],
          groups: [...others.groups, ...groups],
        }
      : {
          responseName,
          fetchedName: fetchedNames?.[fetchedNameKey(node)] ?? responseName,
          fieldName,
          parentType: at.describedAs,
          when: [at.conditions],
          unless: [],
          places: [present?.places[0] ?? place],
          groups,
          ...(withheld && { refusal: UNAUTHORIZED }),
          ...(type && { type }),
        },
  );
}

function fieldTypeOf(schema: GraphQLSchema, typeName: string, fieldName: string): GraphQLOutputType | undefined {
  const type = schema.getType(typeName);
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName]?.type : undefined;
}

/** What `@skip` and `@include` of a selection ask for. */
export function conditionsOf({ directives = [] }: SelectionNode): readonly Condition[] | 'never' {
  const conditions: Condition[] = [];
  for (const { name, arguments: given = [] } of directives) {
    if (name.value !== 'skip' && name.value !== 'include') continue;
    const equals = name.value === 'include';
    const value = given.find((argument) => argument.name.value === 'if')?.value;
    if (value?.kind === Kind.VARIABLE) conditions.push({ variable: value.name.value, equals });
    else if (value?.kind === Kind.BOOLEAN && value.value !== equals) return 'never';
  }
  return conditions;
}
