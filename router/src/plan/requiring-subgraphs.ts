import {
  Kind,
  isTypeDefinitionNode,
  parse,
  print,
  type ConstDirectiveNode,
  type DefinitionNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
} from 'graphql';
import { needsOf } from './needs.ts';
import { reservedNamesOf } from './reserved-names.ts';
import {
  directivesNamed,
  flagArgument,
  hasFields,
  joinField,
  parseFieldSet,
  providedNamesOf,
  rootTypesOf,
  subgraphNamesOf,
  textArgument,
  withEnumArgument,
  type FieldsDefinition,
} from './supergraph-types.ts';

export interface RequiringSubgraphs {
  readonly sdl: string;
  /** The subgraph that is meant by the name of one that stands for it. */
  readonly meant: ReadonlyMap<string, string>;
}

const SUFFIX = '__REQUIRING';

/**
 * Gives the fields that require something subgraphs of their own, which stand for those that they are of, and take the
 * external fields with them. A plan can then not take an external field for one that is at hand: where the planner is in
 * the subgraph already that has the field which is required, it forgets what that field requires itself.
 * @param sdl of a supergraph that is planned for
 */
export function separateRequiringFields(sdl: string): RequiringSubgraphs {
  const document = parse(sdl, { noLocation: true });
  const names = subgraphNamesOf(document);
  const graphs = new Set(
    document.definitions.filter(hasFields).flatMap(({ fields = [] }) =>
      fields.flatMap((field) =>
        directivesNamed(field, 'join__field')
          .filter(isRequiring)
          .map((directive) => textArgument(directive, 'graph') ?? ''),
      ),
    ),
  );
  const context = {
    graphs,
    reserved: reservedNamesOf(document),
    provided: providedNamesOf(document),
  };
  const roots = rootTypesOf(document);
  const meant = new Map<string, string>();
  for (const graph of graphs) meant.set(standInName(names.get(graph) ?? graph, names), names.get(graph) ?? graph);
  const definitions = document.definitions.map((definition): DefinitionNode => {
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph') {
      return withStandIns(definition, graphs, names);
    }
    if ('name' in definition && roots.has(definition.name?.value ?? '')) return definition;
    if (hasFields(definition)) return separateIn(definition, context);
    return isTypeDefinitionNode(definition) ? copied(definition, graphs) : definition;
  });
  return { sdl: print({ ...document, definitions }), meant };
}

const isRequiring = (directive: ConstDirectiveNode): boolean => textArgument(directive, 'requires') !== undefined;

function standInName(name: string, names: ReadonlyMap<string, string>): string {
  const taken = new Set(names.values());
  let free = `${name}_requiring`;
  while (taken.has(free)) free += '_';
  return free;
}

function withStandIns(
  definition: EnumTypeDefinitionNode,
  graphs: ReadonlySet<string>,
  names: ReadonlyMap<string, string>,
): EnumTypeDefinitionNode {
  const values = (definition.values ?? []).flatMap((value) => {
    if (!graphs.has(value.name.value)) return [value];
    const name = standInName(names.get(value.name.value) ?? value.name.value, names);
    const directives = value.directives?.map((directive) => ({
      ...directive,
      arguments: (directive.arguments ?? []).map((argument) =>
        argument.name.value === 'name' ? { ...argument, value: { kind: Kind.STRING as const, value: name } } : argument,
      ),
    }));
    const standIn = { ...value, name: { ...value.name, value: value.name.value + SUFFIX } };
    return [value, { ...standIn, ...(directives && { directives }) }];
  });
  return { ...definition, values };
}

/** What is of a subgraph is of its stand-in too. */
function copied<N extends { readonly directives?: readonly ConstDirectiveNode[] | undefined }>(
  node: N,
  graphs: ReadonlySet<string>,
): N {
  const { directives = [] } = node;
  const copies = directives.flatMap((directive) => {
    const graph = textArgument(directive, 'graph');
    return graph !== undefined && graphs.has(graph) ? [withEnumArgument(directive, 'graph', graph + SUFFIX)] : [];
  });
  const values =
    'values' in node && Array.isArray(node.values)
      ? { values: (node.values as N[]).map((value) => copied(value, graphs)) }
      : {};
  const fields =
    'fields' in node && Array.isArray(node.fields)
      ? { fields: (node.fields as N[]).map((field) => copied(field, graphs)) }
      : {};
  return { ...node, ...values, ...fields, directives: [...directives, ...copies] };
}

interface Context {
  readonly graphs: ReadonlySet<string>;
  readonly reserved: ReadonlyMap<string, ReadonlySet<string>>;
  /** By `GRAPH Type`. */
  readonly provided: ReadonlyMap<string, ReadonlySet<string>>;
}

function separateIn(type: FieldsDefinition, { graphs, reserved, provided }: Context): FieldsDefinition {
  const typeName = type.name.value;
  const joined = directivesNamed(type, 'join__type');
  const ofType = [...new Set(joined.map((directive) => textArgument(directive, 'graph') ?? ''))];
  const entityIn = new Set(
    joined.flatMap((directive) =>
      textArgument(directive, 'key') === undefined ? [] : textArgument(directive, 'graph'),
    ),
  );
  const keys = keyNamesOf(type);
  const fields = (type.fields ?? []).map((field): FieldDefinitionNode => {
    const name = field.name.value;
    const given = directivesNamed(field, 'join__field');
    // Without any, it is of every subgraph that has the type.
    const own = given.length > 0 ? given : ofType.map(joinField);
    const others = (field.directives ?? []).filter((directive) => directive.name.value !== 'join__field');
    const separated = own.flatMap((directive) => {
      const graph = textArgument(directive, 'graph');
      if (graph === undefined || !graphs.has(graph)) return [directive];
      const copy = withEnumArgument(directive, 'graph', graph + SUFFIX);
      if (isRequiring(directive)) return [copy];
      if (flagArgument(directive, 'external') === true) {
        return provided.get(`${graph} ${typeName}`)?.has(name) ? [directive, copy] : [copy];
      }
      if (!entityIn.has(graph) || keys.get(graph)?.has(name)) return [directive, copy];
      // Other fields of an entity are asked for where they are, also those that are required.
      return reserved.get(typeName)?.has(name) ? [directive, asExternal(copy)] : [directive];
    });
    return { ...field, directives: [...others, ...separated] };
  });
  return { ...copied({ ...type, fields: [] }, graphs), fields };
}

const asExternal = (directive: ConstDirectiveNode): ConstDirectiveNode => ({
  ...directive,
  arguments: [
    ...(directive.arguments ?? []),
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'external' },
      value: { kind: Kind.BOOLEAN, value: true },
    },
  ],
});

/** The names of key fields, by subgraph. */
function keyNamesOf(type: FieldsDefinition): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const directive of directivesNamed(type, 'join__type')) {
    const [graph, key] = [textArgument(directive, 'graph') ?? '', textArgument(directive, 'key')];
    const known = names.get(graph) ?? new Set();
    names.set(graph, known);
    if (key !== undefined) for (const name of needsOf(parseFieldSet(key)).keys()) known.add(name);
  }
  return names;
}
