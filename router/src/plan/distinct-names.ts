import {
  Kind,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fetchedNameKey, meaningOf, responseNameOf, type FetchedNames } from './fetched-names.ts';

export interface NameRules {
  readonly schema: GraphQLSchema;
  /** The names under which the planner fetches fields by itself, by type. */
  readonly reservedNames: ReadonlyMap<string, ReadonlySet<string>>;
  /** The interfaces that some subgraph has as an object type. */
  readonly interfaceObjects: ReadonlySet<string>;
}

export interface DistinctlyNamed {
  readonly document: DocumentNode;
  /** Absent where the document is as it was. */
  readonly fetchedNames?: FetchedNames;
}

/**
 * Gives fields aliases of the router's own where the planner would take them for other fields. It does so by the response
 * name alone: it fetches keys and required fields under their own names, which a client may give to other fields, and it
 * merges what fragments on different types select under one name at one place of the response.
 */
export function nameDistinctly(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  rules: NameRules,
): DistinctlyNamed {
  const ambiguous = new AmbiguousNames(document, rules).in(operation);
  if (ambiguous.size === 0) return { document };
  const taken = namesIn(document, rules);
  const fetchedNames: Record<string, string> = Object.create(null);
  const renamed = visit(document, {
    Field(node) {
      const name = responseNameOf(node);
      if (!ambiguous.has(name) || isPlain(node)) return undefined;
      const value = (fetchedNames[fetchedNameKey(node)] ??= unusedName(name, taken));
      return { ...node, alias: { kind: Kind.NAME, value } };
    },
  });
  return { document: renamed, fetchedNames };
}

/** Whether it is what the planner means by the name. */
const isPlain = (node: FieldNode): boolean => !node.arguments?.length && responseNameOf(node) === node.name.value;

function namesIn(document: DocumentNode, { reservedNames }: NameRules): Set<string> {
  const names = new Set([...reservedNames.values()].flatMap((some) => [...some]));
  visit(document, { Name: ({ value }) => void names.add(value) });
  return names;
}

function unusedName(name: string, taken: Set<string>): string {
  // Two underscores at the beginning are GraphQL's own.
  const stem = name.replace(/^__+/, '_');
  let number = 1;
  while (taken.has(`${stem}_${number}`)) number += 1;
  taken.add(`${stem}_${number}`);
  return `${stem}_${number}`;
}

/** Selections of one place of the response, whatever the type of the object there is. */
interface Level {
  readonly typeName: string;
  readonly selectionSet: SelectionSetNode;
}

interface Occurrence {
  readonly node: FieldNode;
  readonly parentType: string;
}

class AmbiguousNames {
  readonly #found = new Set<string>();
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** A number for each selection set: places where the same ones meet are looked at once. */
  readonly #numbers = new Map<SelectionSetNode, number>();
  readonly #seen = new Set<string>();
  readonly #reserved = new Map<string, ReadonlySet<string>>();
  readonly #rules: NameRules;

  constructor(document: DocumentNode, rules: NameRules) {
    this.#rules = rules;
    this.#fragments = new Map(
      document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
    );
  }

  in({ operation, selectionSet }: OperationDefinitionNode): ReadonlySet<string> {
    const typeName = this.#rules.schema.getRootType(operation)?.name;
    if (typeName !== undefined) this.#look([{ typeName, selectionSet }]);
    return this.#found;
  }

  #look(levels: readonly Level[]): void {
    const key = [...new Set(levels.map(({ selectionSet }) => this.#numberOf(selectionSet)))]
      .toSorted((one, other) => one - other)
      .join();
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const byName = new Map<string, Occurrence[]>();
    const spread = new Set<SelectionSetNode>();
    for (const level of levels) this.#collect(level, byName, spread);
    for (const [name, occurrences] of byName) {
      if (this.#isAmbiguous(name, occurrences, levels)) this.#found.add(name);
      const below = Map.groupBy(occurrences, ({ node }) => meaningOf(node));
      for (const same of below.values()) {
        const next = same.flatMap((occurrence) => this.#below(occurrence));
        if (next.length > 0) this.#look(next);
      }
    }
  }

  #collect({ typeName, selectionSet }: Level, byName: Map<string, Occurrence[]>, spread: Set<SelectionSetNode>): void {
    if (spread.has(selectionSet)) return;
    spread.add(selectionSet);
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = responseNameOf(selection);
        const occurrence = { node: selection, parentType: typeName };
        const known = byName.get(name);
        if (known) known.push(occurrence);
        else byName.set(name, [occurrence]);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
      if (!fragment) continue;
      const condition = fragment.typeCondition?.name.value ?? typeName;
      this.#collect({ typeName: condition, selectionSet: fragment.selectionSet }, byName, spread);
    }
  }

  #isAmbiguous(name: string, occurrences: readonly Occurrence[], levels: readonly Level[]): boolean {
    // The planner fetches keys of whatever the object can be, also beside what is selected of another type.
    const isReserved = (own: string): boolean =>
      this.#isReserved(name, own) || levels.some(({ typeName }) => this.#isReserved(name, typeName));
    if (occurrences.some(({ node, parentType }) => !isPlain(node) && isReserved(parentType))) return true;
    const different = [...Map.groupBy(occurrences, ({ node }) => meaningOf(node)).values()];
    return different.some((some, index) =>
      different.slice(index + 1).some((others) => some.some((one) => others.some((other) => this.#meet(one, other)))),
    );
  }

  /** Whether the planner may take two fields of one name for the same. */
  #meet(one: Occurrence, other: Occurrence): boolean {
    if (one.node.selectionSet || other.node.selectionSet) return true;
    const types = this.#typesAskedOf(one.parentType);
    return this.#typesAskedOf(other.parentType).some((type) => types.includes(type));
  }

  /** What an object of a type can be for some subgraph: fragments on all that it has as one type become one. */
  #typesAskedOf(typeName: string): readonly string[] {
    const types = this.#typesOf(typeName);
    if (this.#rules.interfaceObjects.size === 0) return types;
    return types.flatMap((name) => {
      const type = this.#rules.schema.getType(name);
      const interfaces = isObjectType(type) ? type.getInterfaces().map((each) => each.name) : [];
      return [name, ...interfaces.filter((each) => this.#rules.interfaceObjects.has(each))];
    });
  }

  #below({ node, parentType }: Occurrence): readonly Level[] {
    const type = this.#rules.schema.getType(parentType);
    if (!node.selectionSet || !(isObjectType(type) || isInterfaceType(type))) return [];
    const named = getNamedType(type.getFields()[node.name.value]?.type);
    return isCompositeType(named) ? [{ typeName: named.name, selectionSet: node.selectionSet }] : [];
  }

  #isReserved(name: string, typeName: string): boolean {
    if (name === '__typename') return true;
    let names = this.#reserved.get(typeName);
    if (!names) {
      const related = this.#typesOf(typeName).flatMap((one) => {
        const type = this.#rules.schema.getType(one);
        return [one, ...(isObjectType(type) ? type.getInterfaces().map((each) => each.name) : [])];
      });
      names = new Set([typeName, ...related].flatMap((one) => [...(this.#rules.reservedNames.get(one) ?? [])]));
      this.#reserved.set(typeName, names);
    }
    return names.has(name);
  }

  /** What an object of a type can be. */
  #typesOf(typeName: string): readonly string[] {
    const type = this.#rules.schema.getType(typeName);
    return isAbstractType(type) ? this.#rules.schema.getPossibleTypes(type).map(({ name }) => name) : [typeName];
  }

  #numberOf(selectionSet: SelectionSetNode): number {
    const known = this.#numbers.get(selectionSet);
    if (known !== undefined) return known;
    this.#numbers.set(selectionSet, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}
