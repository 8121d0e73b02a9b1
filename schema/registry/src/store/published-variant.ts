import type { Subgraph } from '../composition.ts';

/** Who published what, when and why. */
export interface Publication {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly who: string;
  readonly why: string;
  readonly subgraph: string;
  /** Undefined when the subgraph was removed. */
  readonly published: { readonly url: string; readonly sdl: string } | undefined;
  /** Whether all subgraphs together compose after it. */
  readonly composes: boolean;
}

export interface PublishedSubgraph extends Subgraph {
  readonly updatedAt: string;
}

/** The subgraphs of one variant of a graph, as what was published makes them. */
export class PublishedVariant {
  readonly #latest = new Map<string, PublishedSubgraph>();
  #composing: ReadonlyMap<string, PublishedSubgraph> = new Map();
  #composes = true;
  readonly #keep: (publication: Publication) => Promise<void>;

  /** @param keep keeps a publication, before it counts */
  constructor(
    publications: readonly Publication[] = [],
    keep: (publication: Publication) => Promise<void> = async () => {},
  ) {
    this.#keep = keep;
    for (const publication of publications) this.#apply(publication);
  }

  /** What the owners of the subgraphs published last. */
  get subgraphs(): readonly PublishedSubgraph[] {
    return [...this.#latest.values()];
  }

  /** The last ones that composed: what the router serves, and what a proposal is compared with. */
  get served(): readonly PublishedSubgraph[] {
    return [...this.#composing.values()];
  }

  /** Whether what was published last composes: then all of it is served. */
  get composes(): boolean {
    return this.#composes;
  }

  async publish(publication: Publication): Promise<void> {
    await this.#keep(publication);
    this.#apply(publication);
  }

  #apply({ at, subgraph: name, published, composes }: Publication): void {
    if (published) this.#latest.set(name, { name, ...published, updatedAt: at });
    else this.#latest.delete(name);
    this.#composes = composes;
    if (composes) this.#composing = new Map(this.#latest);
  }
}

/** A variant in memory, of subgraphs that compose or not. */
export function variantOf(subgraphs: readonly Subgraph[], at: string): PublishedVariant {
  return new PublishedVariant(
    subgraphs.map(({ name, url, sdl }, index) => ({
      at,
      who: 'proposal',
      why: '',
      subgraph: name,
      published: { url, sdl },
      composes: index === subgraphs.length - 1,
    })),
  );
}
