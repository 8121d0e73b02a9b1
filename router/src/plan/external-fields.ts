import { Kind, type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode } from 'graphql';
import { needsOf, NO_NEEDS, type Needs } from './needs.ts';
import {
  directivesNamed,
  flagArgument,
  parseFieldSet,
  subgraphNamesOf,
  textArgument,
  typesOf,
  type FieldsDefinition,
} from './supergraph-types.ts';

/** What subgraphs can be asked for only where they say so. */
export interface ExternalFields {
  /** Whether a field is another subgraph's: it can be asked for only where it is provided. */
  isExternal(subgraph: string, type: string, field: string): boolean;
  /** What a subgraph provides below a field. */
  providedBelow(subgraph: string, type: string, field: string): Needs;
}

export function externalFieldsOf(document: DocumentNode): ExternalFields {
  const subgraphs = subgraphNamesOf(document);
  const external = new Set<string>();
  const provided = new Map<string, Needs>();
  const visit = (type: FieldsDefinition, field: FieldDefinitionNode, directive: ConstDirectiveNode) => {
    const graph = textArgument(directive, 'graph') ?? '';
    const at = coordinate(subgraphs.get(graph) ?? graph, type.name.value, field.name.value);
    const provides = textArgument(directive, 'provides');
    if (provides !== undefined) provided.set(at, needsOf(parseFieldSet(provides)));
    // One that another subgraph has overridden is that subgraph's, too: the old value must not be asked for.
    const isOthers = ['external', 'usedOverridden'].some((flag) => flagArgument(directive, flag) === true);
    if (isOthers && !keysIn(type, graph).has(field.name.value)) external.add(at);
  };
  for (const type of typesOf(document).values()) {
    for (const field of type.fields ?? []) {
      for (const directive of directivesNamed(field, 'join__field')) visit(type, field, directive);
    }
  }
  return {
    isExternal: (subgraph, type, field) => external.has(coordinate(subgraph, type, field)),
    providedBelow: (subgraph, type, field) => provided.get(coordinate(subgraph, type, field)) ?? NO_NEEDS,
  };
}

const coordinate = (subgraph: string, type: string, field: string): string => `${subgraph} ${type}.${field}`;

/** A subgraph knows the keys of what it is asked for, whatever it calls them. */
const keysIn = (type: FieldsDefinition, graph: string): ReadonlySet<string> =>
  new Set(
    directivesNamed(type, 'join__type')
      .filter((directive) => textArgument(directive, 'graph') === graph)
      .flatMap((directive) => {
        const key = textArgument(directive, 'key');
        return key === undefined
          ? []
          : parseFieldSet(key).selections.flatMap((one) => (one.kind === Kind.FIELD ? [one.name.value] : []));
      }),
  );
