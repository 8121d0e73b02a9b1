import {
  parse,
  print,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type SelectionSetNode,
} from 'graphql';
import { entityKeysOf } from './entity-keys.ts';
import { externalFieldsOf, type ExternalFields } from './external-fields.ts';
import type { Needs } from './needs.ts';
import { separateRequiredFields } from './required-fields.ts';
import { reservedNamesOf } from './reserved-names.ts';
import { directivesNamed, flagArgument, typesOf } from './supergraph-types.ts';

/** A supergraph as it is planned for: its text is changed where Apollo's planner would make wrong plans of it. */
export interface PlanningSupergraph {
  readonly sdl: string;
  /**
   * The fields that a `@requires` selects with arguments, by the name of the field that stands for each of them in the
   * text: as subgraphs are asked for it, with that name as its alias.
   */
  readonly requiredFields: ReadonlyMap<string, FieldNode>;
  /** What a field of a subgraph requires, by `requirementKey`. */
  readonly requirements: ReadonlyMap<string, SelectionSetNode>;
  readonly externals: ExternalFields;
  /** The keys by which a subgraph can be asked for entities of a type. */
  keysOf(subgraph: string, type: string): readonly Needs[];
  /** The names under which the planner fetches fields by itself, by type: keys and what fields require. */
  readonly reservedNames: ReadonlyMap<string, ReadonlySet<string>>;
  /** The interfaces that some subgraph has as an object type. */
  readonly interfaceObjects: ReadonlySet<string>;
}

/** @throws GraphQLError when it can't be parsed */
export function preparePlanningSupergraph(sdl: string): PlanningSupergraph {
  const document = resolvableKeysFirst(parse(sdl, { noLocation: true }));
  const { document: separated, requiredFields, requirements } = separateRequiredFields(document);
  return {
    sdl: print(separated),
    requiredFields,
    requirements,
    externals: externalFieldsOf(separated),
    keysOf: entityKeysOf(separated),
    reservedNames: reservedNamesOf(separated),
    interfaceObjects: interfaceObjectsOf(separated),
  };
}

/** Where the planner needs a key of a type it takes the first one, also where the subgraph does not resolve it. */
const resolvableKeysFirst = (document: DocumentNode): DocumentNode => ({
  ...document,
  definitions: document.definitions.map((definition): DefinitionNode => {
    if (!('directives' in definition) || !definition.directives?.some(isNotResolvable)) return definition;
    const directives = definition.directives as readonly ConstDirectiveNode[];
    const sorted = [
      ...directives.filter((directive) => !isNotResolvable(directive)),
      ...directives.filter(isNotResolvable),
    ];
    return { ...definition, directives: sorted } as DefinitionNode;
  }),
});

const isNotResolvable = (directive: { readonly name: { readonly value: string } }): boolean =>
  directive.name.value === 'join__type' && flagArgument(directive as ConstDirectiveNode, 'resolvable') === false;

const interfaceObjectsOf = (document: DocumentNode): ReadonlySet<string> =>
  new Set(
    [...typesOf(document)].flatMap(([name, type]) =>
      directivesNamed(type, 'join__type').some((directive) => flagArgument(directive, 'isInterfaceObject') === true)
        ? [name]
        : [],
    ),
  );
