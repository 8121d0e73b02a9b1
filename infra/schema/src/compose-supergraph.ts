import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import type { SubgraphSdl } from './subgraphs.ts';

/** Subgraphs that do not fit together; the message lists every fault. */
export class CompositionFailed extends Error {
  override readonly name = 'CompositionFailed';
}

/** @throws CompositionFailed */
export function composeSupergraph(subgraphs: readonly SubgraphSdl[]): { supergraphSdl: string; hints: string[] } {
  const result = composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  if (result.errors) throw new CompositionFailed(result.errors.map(({ message }) => message).join('\n'));
  return { supergraphSdl: `${result.supergraphSdl}\n`, hints: result.hints.map((hint) => hint.message) };
}
