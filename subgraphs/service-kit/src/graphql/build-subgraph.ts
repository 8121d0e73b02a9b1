import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph';
import { lexicographicSortSchema, parse, type GraphQLSchema } from 'graphql';
import { buildSchema, createResolversMap, type ContainerType, type NonEmptyArray } from 'type-graphql';
import { DateTime } from './date-time.ts';
import { guardInputs, isCleanReference } from './guard-inputs.ts';
import type { RequestContext } from './request-context.ts';

/** Loads an entity by the key that another subgraph holds; answers null where there is none. */
export type ResolveReference = (reference: never, context: RequestContext) => Promise<unknown>;

export interface SubgraphParts {
  resolvers: NonEmptyArray<new (...args: never[]) => object>;
  /** Instances of the resolvers, by class. */
  container: ContainerType;
  /** Entity name -> its reference resolver. */
  references?: Readonly<Record<string, ResolveReference>>;
  /** Types that no field names but a union or interface result needs. */
  orphanedTypes?: readonly (new (...args: never[]) => object)[];
}

const FEDERATION_LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@tag", "@authenticated", "@requiresScopes", "@policy", "@cost", "@listSize"
])`;

/** type-graphql wants one wherever there are subscriptions; ours all name their own `subscribe`. */
const everyOneSubscribesItself = {
  publish: () => undefined,
  subscribe(): never {
    throw new Error('a subscription needs a `subscribe` of its own');
  },
};

/**
 * An executable Federation 2 schema from type-graphql classes.
 * @throws Error when a reference resolver names a type that the schema has not
 */
export async function buildSubgraph(parts: SubgraphParts): Promise<{ schema: GraphQLSchema; sdl: string }> {
  const plain = await buildSchema({
    resolvers: parts.resolvers as never,
    container: parts.container,
    ...(parts.orphanedTypes && { orphanedTypes: parts.orphanedTypes as never }),
    scalarsMap: [{ type: Date, scalar: DateTime }],
    validate: false,
    skipCheck: true,
    authChecker: () => true,
    pubSub: everyOneSubscribesItself,
  });
  // Sorted, so that the SDL does not depend on the order in which modules were loaded.
  const sdl = `${FEDERATION_LINK}\n\n${printSubgraphSchema(lexicographicSortSchema(plain))}\n`;
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  for (const [type, resolveReference] of Object.entries(parts.references ?? {})) {
    if (!plain.getType(type)) throw new Error(`a reference resolver names ${type}, which the schema has not`);
    resolvers[type] = {
      ...resolvers[type],
      // Always async: one synchronous throw would fail the whole batch of entities.
      __resolveReference: async (reference: never, context: RequestContext) =>
        isCleanReference(reference) ? resolveReference(reference, context) : null,
    };
  }
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  guardInputs(schema);
  return { schema, sdl };
}
