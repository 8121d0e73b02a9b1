import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { FetchedPlace, placeAt } from './fetched-fields.ts';

type Path = readonly (string | number)[];

/**
 * Looks for something that a subgraph is to be given of an entity and that no request before fetches. The planner makes
 * such plans where a field requires others of its own subgraph: it asks for them in the request that is to be given them.
 * @returns its name
 */
export function findMissingInput({ node }: QueryPlan, schema: GraphQLSchema): string | undefined {
  if (!node) return undefined;
  const flow = new DataFlow(schema);
  if (node.kind !== 'Subscription') return flow.follow(node, [], []).missing;
  const primary = flow.follow(node.primary, [], []);
  return primary.missing ?? (node.rest && flow.follow(node.rest, [], primary.fetched).missing);
}

interface Followed {
  /** What has been fetched afterwards; each is a root. */
  readonly fetched: readonly FetchedPlace[];
  readonly missing: string | undefined;
}

class DataFlow {
  readonly #schema: GraphQLSchema;

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  follow(node: PlanNode, path: Path, before: readonly FetchedPlace[]): Followed {
    switch (node.kind) {
      case 'Fetch':
        return this.#fetch(node, path, before);
      case 'Flatten':
        return this.follow(node.node, [...path, ...node.path], before);
      case 'Sequence':
        return node.nodes.reduce<Followed>(
          ({ fetched, missing }, each) => {
            const followed = this.follow(each, path, fetched);
            return { fetched: followed.fetched, missing: missing ?? followed.missing };
          },
          { fetched: before, missing: undefined },
        );
      case 'Parallel':
        return this.#together(node.nodes, path, before);
      case 'Condition':
        return this.#together(
          [node.ifClause, node.elseClause].filter((each) => each !== undefined),
          path,
          before,
        );
      case 'Defer':
        throw new Error('a plan with @defer');
    }
  }

  #together(nodes: readonly PlanNode[], path: Path, before: readonly FetchedPlace[]): Followed {
    const followed = nodes.map((each) => this.follow(each, path, before));
    return {
      fetched: [...before, ...followed.flatMap(({ fetched }) => fetched.slice(before.length))],
      missing: followed.find(({ missing }) => missing !== undefined)?.missing,
    };
  }

  #fetch(fetch: FetchNode, path: Path, before: readonly FetchedPlace[]): Followed {
    const here = before.map((root) => placeAt(root, path));
    const fetched = new FetchedPlace(this.#schema);
    placeAt(fetched, path).take(fetch);
    return { fetched: [...before, fetched], missing: missingFrom(fetch.requires ?? [], here) };
  }
}

function missingFrom(given: readonly QueryPlanSelectionNode[], places: readonly FetchedPlace[]): string | undefined {
  for (const one of given) {
    if (one.kind === 'InlineFragment') {
      const missing = missingFrom(one.selections, places);
      if (missing !== undefined) return missing;
      continue;
    }
    const name = one.alias ?? one.name;
    if (name === '__typename') continue;
    if (!places.some((place) => place.hasForSome(name))) return one.name;
    const missing = missingFrom(
      one.selections ?? [],
      places.map((place) => place.below(name)),
    );
    if (missing !== undefined) return missing;
  }
  return undefined;
}
