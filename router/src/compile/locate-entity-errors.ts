import type { GraphQLFormattedError } from 'graphql';
import { pathsOf, type FlattenPath } from './flatten.ts';
import type { JsonObject } from './own.ts';

type Path = readonly (string | number)[];

/** @returns at which places of the response an error is; nothing for a place stands for an error of which that is not known */
export type LocateError = (error: GraphQLFormattedError) => readonly (Path | undefined)[];

/**
 * An error of one representation is an error of every place that it stands for. One of no representation, or of one that
 * was not sent, has no path: how the subgraph was asked means nothing to clients.
 * @param path where the entities are
 * @param numberOf which representation stands for each of them; -1 where there is none
 * @param data of the response, so far
 */
export function locateEntityErrors(path: FlattenPath, numberOf: readonly number[], data: JsonObject): LocateError {
  let byNumber: Map<number, Path[]> | undefined;
  return ({ path: from }) => {
    byNumber ??= placesByNumber(pathsOf(data, path), numberOf);
    const places = from?.[0] === '_entities' ? byNumber.get(from[1] as number) : undefined;
    return places ? places.map((place) => [...place, ...(from ?? []).slice(2)]) : [undefined];
  };
}

function placesByNumber(places: readonly Path[], numberOf: readonly number[]): Map<number, Path[]> {
  const byNumber = new Map<number, Path[]>();
  for (const [index, place] of places.entries()) {
    const number = numberOf[index] ?? -1;
    const known = byNumber.get(number);
    if (known) known.push(place);
    else byNumber.set(number, [place]);
  }
  return byNumber;
}
