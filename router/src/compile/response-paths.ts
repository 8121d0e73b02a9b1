import { Kind, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { fetchedNameKey, responseNameOf, type FetchedNames } from '../plan/fetched-names.ts';

export type ResponsePath = readonly (string | number)[];

/** Where in the response of one operation a place in what was fetched is. */
export class ResponsePaths {
  readonly #operation: OperationDefinitionNode;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #fetchedNames: FetchedNames | undefined;

  constructor(
    operation: OperationDefinitionNode,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    fetchedNames: FetchedNames | undefined,
  ) {
    this.#operation = operation;
    this.#fragments = fragments;
    this.#fetchedNames = fetchedNames;
  }

  /** As far as the client asked for what is there: the rest was fetched for other subgraphs. */
  of(fetched: ResponsePath): ResponsePath {
    const path: (string | number)[] = [];
    let selectionSets: readonly SelectionSetNode[] = [this.#operation.selectionSet];
    for (const element of fetched) {
      if (typeof element === 'number') path.push(element);
      else {
        const found = this.#find(element, selectionSets);
        if (found.responseName === undefined) break;
        path.push(found.responseName);
        selectionSets = found.below;
      }
    }
    return path;
  }

  #find(fetchedName: string, within: readonly SelectionSetNode[]) {
    const below: SelectionSetNode[] = [];
    let responseName: string | undefined;
    const waiting = [...within];
    const seen = new Set<SelectionSetNode>();
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      for (const selection of next.selections) {
        if (selection.kind === Kind.FIELD) {
          const own = responseNameOf(selection);
          if ((this.#fetchedNames?.[fetchedNameKey(selection)] ?? own) !== fetchedName) continue;
          responseName = own;
          if (selection.selectionSet) below.push(selection.selectionSet);
        } else {
          const fragment =
            selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
          if (fragment) waiting.push(fragment.selectionSet);
        }
      }
    }
    return { responseName, below };
  }
}
