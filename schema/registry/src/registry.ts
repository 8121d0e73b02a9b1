import { randomUUID } from 'node:crypto';
import { compose, type Composition, type Subgraph } from './composition.ts';
import type { RecordedOperation } from './recorded-operation.ts';
import type { PublishedVariant, PublishedSubgraph } from './store/published-variant.ts';
import { judge, type Rules, type Verdict } from './verdict.ts';

export interface RegistryOptions {
  /** The graph that it knows, e.g. `brigade`. */
  readonly graphId: string;
  readonly variants: ReadonlyMap<string, PublishedVariant>;
  readonly operations: readonly RecordedOperation[];
  readonly rules: Rules;
  readonly now?: () => Date;
}

export interface Check {
  readonly id: string;
  readonly verdict: Verdict;
}

/** Why and by whom something is published. */
export interface Signature {
  readonly who: string;
  readonly why: string;
}

/** One graph with its variants: judges what is proposed, keeps what is published. */
export class Registry {
  readonly graphId: string;
  readonly variants: ReadonlyMap<string, PublishedVariant>;
  readonly operations: readonly RecordedOperation[];
  readonly #rules: Rules;
  readonly #now: () => Date;
  readonly #checks = new Map<string, Check>();
  /** Subgraphs that did not change lead to the same questions again and again. */
  readonly #verdicts = new Map<string, Promise<Verdict>>();
  readonly #compositions = new Map<string, Composition>();

  constructor({ graphId, variants, operations, rules, now = () => new Date() }: RegistryOptions) {
    this.graphId = graphId;
    this.variants = variants;
    this.operations = operations;
    this.#rules = rules;
    this.#now = now;
  }

  /** Judges one subgraph among the published others. */
  async check(variant: PublishedVariant, name: string, sdl: string): Promise<Check> {
    const url = variant.subgraphs.find((subgraph) => subgraph.name === name)?.url ?? '';
    const verdict = await this.judge(variant, replaced(variant.subgraphs, { name, url, sdl }));
    const check = { id: randomUUID(), verdict };
    this.#checks.set(check.id, check);
    return check;
  }

  /** Judges all subgraphs together. */
  judge(variant: PublishedVariant, proposed: readonly Subgraph[]): Promise<Verdict> {
    const base = variant.served;
    const key = `${keyOf(base)}\n${keyOf(proposed)}`;
    const known =
      this.#verdicts.get(key) ?? judge(this.#compose(base), this.#compose(proposed), this.operations, this.#rules);
    this.#verdicts.set(key, known);
    return known;
  }

  #compose(subgraphs: readonly Subgraph[]): Composition {
    const key = keyOf(subgraphs);
    const known = this.#compositions.get(key) ?? compose(subgraphs);
    this.#compositions.set(key, known);
    return known;
  }

  findCheck(id: string): Check | undefined {
    return this.#checks.get(id);
  }

  /** Keeps a subgraph, also one that does not compose with the rest: then the router's supergraph stays as it is. */
  async publish(
    variant: PublishedVariant,
    subgraph: Subgraph,
    signature: Signature,
  ): Promise<{ composition: Composition; before: PublishedSubgraph | undefined }> {
    const before = variant.subgraphs.find(({ name }) => name === subgraph.name);
    const composition = this.#compose(replaced(variant.subgraphs, subgraph));
    const { url, sdl } = subgraph;
    const unchanged = before?.url === url && before.sdl === sdl;
    if (!unchanged) await this.#keep(variant, subgraph.name, { url, sdl }, composition.ok, signature);
    return { composition, before };
  }

  /** Takes a subgraph away; `dryRun` only says what would become of the rest. */
  async remove(variant: PublishedVariant, name: string, signature: Signature, dryRun: boolean): Promise<Composition> {
    const composition = this.#compose(variant.subgraphs.filter((subgraph) => subgraph.name !== name));
    if (!dryRun) await this.#keep(variant, name, undefined, composition.ok, signature);
    return composition;
  }

  #keep(
    variant: PublishedVariant,
    subgraph: string,
    published: { url: string; sdl: string } | undefined,
    composes: boolean,
    { who, why }: Signature,
  ): Promise<void> {
    return variant.publish({ at: this.#now().toISOString(), who, why, subgraph, published, composes });
  }
}

/** The same for the same subgraphs in any order: composition sorts them by name. */
const keyOf = (subgraphs: readonly Subgraph[]): string =>
  JSON.stringify(subgraphs.map(({ name, url, sdl }) => [name, url, sdl]).toSorted(([a], [b]) => (a! < b! ? -1 : 1)));

const replaced = (all: readonly Subgraph[], one: Subgraph): Subgraph[] => [
  ...all.filter(({ name }) => name !== one.name),
  one,
];
