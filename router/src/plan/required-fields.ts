import {
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { canonicalArguments } from './fetched-names.ts';
import {
  directivesNamed,
  fieldOf,
  flagArgument,
  hasFields,
  namedTypeOf,
  parseFieldSet,
  printFieldSet,
  subgraphNamesOf,
  textArgument,
  typesOf,
  withTextArgument,
  type FieldsDefinition,
} from './supergraph-types.ts';

export interface SeparatedRequiredFields {
  readonly document: DocumentNode;
  /** By the name of the field that stands for it: the field as subgraphs are asked for it. */
  readonly requiredFields: ReadonlyMap<string, FieldNode>;
  /** By `requirementKey`. */
  readonly requirements: ReadonlyMap<string, SelectionSetNode>;
}

/** What a field of a subgraph is known by among `requirements`. */
export const requirementKey = (subgraph: string, type: string, field: string): string => `${subgraph} ${type}.${field}`;

/**
 * Gives each field that a `@requires` selects with arguments a field of its own in the supergraph, without arguments. The
 * planner takes two selections of one field for the same, whatever their arguments are.
 */
export function separateRequiredFields(document: DocumentNode): SeparatedRequiredFields {
  return new Separation(document).run();
}

/** A field that stands for another with certain arguments. */
interface StandIn {
  readonly name: string;
  readonly asked: FieldNode;
  /** Types that it is selected on. */
  readonly types: Set<string>;
  /** Subgraphs, as enum values, that are given it. */
  readonly requiredBy: Set<string>;
}

class Separation {
  readonly #document: DocumentNode;
  readonly #types: ReadonlyMap<string, FieldsDefinition>;
  readonly #subgraphs: ReadonlyMap<string, string>;
  readonly #names: Set<string>;
  readonly #standIns = new Map<string, StandIn>();
  readonly #requirements = new Map<string, SelectionSetNode>();

  constructor(document: DocumentNode) {
    this.#document = document;
    this.#types = typesOf(document);
    this.#subgraphs = subgraphNamesOf(document);
    this.#names = new Set(
      [...this.#types.values()].flatMap(({ fields = [] }) => fields.map(({ name: { value } }) => value)),
    );
  }

  run(): SeparatedRequiredFields {
    const requiring = this.#mapTypes(this.#document, (type) => ({
      ...type,
      fields: (type.fields ?? []).map((field) => this.#separateIn(type.name.value, field)),
    }));
    const document = this.#mapTypes(requiring, (type) => {
      const added = this.#standInsFor(type);
      return added.length === 0 ? type : { ...type, fields: [...(type.fields ?? []), ...added] };
    });
    const requiredFields = new Map([...this.#standIns.values()].map(({ name, asked }) => [name, asked]));
    return { document, requiredFields, requirements: this.#requirements };
  }

  #mapTypes(document: DocumentNode, change: (type: FieldsDefinition) => FieldsDefinition): DocumentNode {
    const { definitions } = document;
    return { ...document, definitions: definitions.map((one) => (hasFields(one) ? change(one) : one)) };
  }

  #separateIn(type: string, field: FieldDefinitionNode): FieldDefinitionNode {
    const directives = field.directives?.map((directive) => {
      const fields = directive.name.value === 'join__field' ? textArgument(directive, 'requires') : undefined;
      const graph = textArgument(directive, 'graph');
      if (fields === undefined || graph === undefined) return directive;
      const required = this.#separate(parseFieldSet(fields), type, graph);
      const subgraph = this.#subgraphs.get(graph) ?? graph;
      this.#requirements.set(requirementKey(subgraph, type, field.name.value), required);
      return withTextArgument(directive, 'requires', printFieldSet(required));
    });
    return { ...field, ...(directives && { directives }) };
  }

  #separate({ selections }: SelectionSetNode, typeName: string, graph: string): SelectionSetNode {
    const separated = selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value ?? typeName;
        return { ...selection, selectionSet: this.#separate(selection.selectionSet, condition, graph) };
      }
      const { selectionSet, arguments: given, ...field } = selection;
      const definition = fieldOf(this.#types.get(typeName), field.name.value);
      const below = selectionSet && definition && this.#separate(selectionSet, namedTypeOf(definition.type), graph);
      const name = given?.length ? this.#standInOf(selection, typeName, graph) : field.name.value;
      return { ...field, name: { kind: Kind.NAME, value: name }, ...(below && { selectionSet: below }) };
    });
    return { kind: Kind.SELECTION_SET, selections: separated };
  }

  #standInOf({ name: { value }, arguments: given = [] }: FieldNode, type: string, graph: string): string {
    const key = `${value}${canonicalArguments(given)}`;
    let standIn = this.#standIns.get(key);
    if (!standIn) {
      const name = this.#unusedName(value);
      const asked: FieldNode = {
        kind: Kind.FIELD,
        alias: { kind: Kind.NAME, value: name },
        name: { kind: Kind.NAME, value },
        arguments: given,
      };
      standIn = { name, asked, types: new Set(), requiredBy: new Set() };
      this.#standIns.set(key, standIn);
    }
    standIn.types.add(type);
    standIn.requiredBy.add(graph);
    return standIn.name;
  }

  #unusedName(field: string): string {
    let number = 1;
    while (this.#names.has(`${field}_required${number}`)) number += 1;
    const name = `${field}_required${number}`;
    this.#names.add(name);
    return name;
  }

  /** The fields that a type gets: those that are selected on it or on an interface of it. */
  #standInsFor(type: FieldsDefinition): readonly FieldDefinitionNode[] {
    const names = [type.name.value, ...(type.interfaces ?? []).map(({ name }) => name.value)];
    return [...this.#standIns.values()].flatMap(({ name, asked, types, requiredBy }) => {
      if (!names.some((one) => types.has(one))) return [];
      const field = fieldOf(type, asked.name.value);
      if (!field) return [];
      // A subgraph to which a field is external must use it.
      const isUsed = (directive: ConstDirectiveNode) =>
        flagArgument(directive, 'external') !== true || requiredBy.has(textArgument(directive, 'graph') ?? '');
      return {
        kind: Kind.FIELD_DEFINITION,
        name: { kind: Kind.NAME, value: name },
        type: field.type,
        directives: directivesNamed(field, 'join__field').filter(isUsed),
      };
    });
  }
}
