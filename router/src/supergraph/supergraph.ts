import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { AccessRules } from '../access/access-rules.ts';
import { CostModel } from '../cost/cost-model.ts';
import { buildComposedSupergraph } from './composed-supergraph.ts';

/** A supergraph as requests are checked and shaped by it; planning has its own view. */
export interface Supergraph {
  readonly sdl: string;
  /** Of the SDL: tells one supergraph's caches from the next one's. */
  readonly id: string;
  /** What clients may ask for. */
  readonly apiSchema: GraphQLSchema;
  /** With everything that only subgraphs may ask each other for. */
  readonly fullSchema: GraphQLSchema;
  /** Routing URLs by subgraph. */
  readonly subgraphs: ReadonlyMap<string, string>;
  /** Who may ask for what. */
  readonly access: AccessRules;
  /** What things cost. */
  readonly costs: CostModel;
}

/**
 * Reads a Federation 2 supergraph.
 * @throws Error that says why the SDL is none
 */
export function loadSupergraph(sdl: string): Supergraph {
  const composed = buildComposedSupergraph(sdl);
  const apiSchema = composed.apiSchema().toGraphQLJSSchema();
  return {
    sdl,
    id: createHash('sha256').update(sdl).digest('hex').slice(0, 16),
    apiSchema,
    fullSchema: composed.schema.toGraphQLJSSchema(),
    subgraphs: new Map(composed.subgraphsMetadata().map(({ name, url }) => [name, url])),
    access: new AccessRules(composed.schema),
    costs: new CostModel(composed.schema),
  };
}
