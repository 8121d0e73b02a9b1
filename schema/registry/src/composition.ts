import { createRequire } from 'node:module';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { GraphQLError, parse, type GraphQLSchema } from 'graphql';

/** Of `@apollo/composition`. */
export const VERSION = (createRequire(import.meta.url)('@apollo/composition/package.json') as { version: string })
  .version;

export interface Subgraph {
  readonly name: string;
  /** Where the router reaches it; '' when it is only composed, never asked. */
  readonly url: string;
  readonly sdl: string;
}

export interface SourcePlace {
  /** The subgraph in whose SDL it is, if in one. */
  readonly subgraph: string | undefined;
  /** From 1. */
  readonly start: { line: number; column: number } | undefined;
  readonly end: { line: number; column: number } | undefined;
}

export interface Finding {
  readonly message: string;
  /** Of the federation specification, e.g. `INVALID_FIELD_SHARING`. */
  readonly code: string;
  readonly places: readonly SourcePlace[];
}

export type Composition =
  | { readonly ok: true; readonly supergraphSdl: string; readonly hints: readonly Finding[] }
  | { readonly ok: false; readonly errors: readonly Finding[] };

/** Composes subgraphs as Apollo does, with `@apollo/composition`; what is wrong with them is an answer, all of it. */
export function compose(subgraphs: readonly Subgraph[]): Composition {
  const parsed = subgraphs.map(({ name, url, sdl }) => ({ name, url, ...parseSdl(name, sdl) }));
  const unreadable = parsed.flatMap(({ error }) => error ?? []);
  if (unreadable.length > 0) return { ok: false, errors: unreadable };
  const services = parsed.flatMap(({ name, url, typeDefs }) => (typeDefs ? [{ name, url, typeDefs }] : []));
  const result = composeServices(services);
  if (result.errors) return { ok: false, errors: result.errors.map(findingOf) };
  const hints = result.hints.map((hint) => ({
    message: hint.message,
    code: hint.definition.code,
    places: (hint.nodes ?? []).map(placeOf),
  }));
  return { ok: true, supergraphSdl: `${result.supergraphSdl}\n`, hints };
}

/** What clients see of a supergraph. */
export function apiSchemaOf(supergraphSdl: string): GraphQLSchema {
  return Supergraph.build(supergraphSdl, { supportedFeatures: null }).apiSchema().toGraphQLJSSchema();
}

function parseSdl(name: string, sdl: string) {
  try {
    return { typeDefs: parse(sdl) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [at] = error.locations ?? [];
    const place = { subgraph: name, start: at, end: at };
    return { error: { message: `[${name}] ${error.message}`, code: 'INVALID_GRAPHQL', places: [place] } };
  }
}

const findingOf = (error: GraphQLError): Finding => ({
  message: error.message,
  code: typeof error.extensions['code'] === 'string' ? error.extensions['code'] : 'UNKNOWN',
  places: (error.nodes ?? []).map(placeOf),
});

interface Node {
  loc?: {
    startToken: { line: number; column: number };
    endToken: { line: number; column: number };
  };
  subgraph?: string;
}

const placeOf = (node: object): SourcePlace => {
  const { subgraph, loc } = node as Node;
  const at = (token?: { line: number; column: number }) => token && { line: token.line, column: token.column };
  return { subgraph, start: at(loc?.startToken), end: at(loc?.endToken) };
};
