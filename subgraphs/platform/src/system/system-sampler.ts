import type { Logger } from '@brigade/service-kit';
import { drawMap, type SystemPicture } from './draw-map.ts';
import type { Samples } from './prometheus-text.ts';
import type { Look } from './rates.ts';
import { PATIENCE_MS, scrapeTarget } from './scrape-target.ts';
import type { Target } from './target.ts';
import type { Watched } from './watched.ts';

const EVERY_MS = 2_000;
/** A rate needs two looks, and whoever asks first waits for both. */
const SECOND_LOOK_MS = 700;
const FIRST_ANSWER_MS = 1_200;
/** So long after the last question nobody looks any more. */
const WATCH_MS = 20_000;
/** Rates are over so many looks: the last six seconds. */
const KEPT_LOOKS = 4;

export interface SamplerOptions {
  readonly targets: readonly Target[];
  /** What PostgreSQL has counted for these services. */
  readonly readTransactions: (services: readonly string[]) => Promise<Samples>;
  readonly log: Logger;
}

/** Looks at every process again and again, while somebody looks at the map; what it keeps is bounded. Never throws. */
export class SystemSampler {
  readonly #options: SamplerOptions;
  readonly #closing = new AbortController();
  readonly #busy = new Set<Watched>();
  #watched: Watched[] = [];
  #transactions: Look[] = [];
  #readingTransactions = false;
  #watchUntil = 0;
  #rounds = 0;
  #timer: NodeJS.Timeout | undefined;
  #twoLooks: Promise<void> = Promise.resolve();

  constructor(options: SamplerOptions) {
    this.#options = options;
  }

  /** The map of this moment; the first after a while takes up to 1.2 s. */
  async read(): Promise<SystemPicture> {
    this.#watchUntil = performance.now() + WATCH_MS;
    if (this.#timer === undefined && !this.#closing.signal.aborted) this.#begin();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, FIRST_ANSWER_MS)));
    await Promise.race([this.#twoLooks, late]);
    clearTimeout(timer);
    return drawMap(this.#watched, this.#transactions);
  }

  close(): void {
    this.#closing.abort();
    this.#end();
  }

  #begin(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#twoLooks = promise;
    this.#rounds = 0;
    this.#transactions = [];
    this.#watched = this.#options.targets.map((target) => ({
      target,
      looks: [],
      condition: { health: 'UNKNOWN', reason: null },
      dependencies: {},
      errors: [],
    }));
    const round = () => {
      if (performance.now() > this.#watchUntil) return this.#end();
      this.#rounds += 1;
      const done = this.#look();
      if (this.#rounds === 2) void done.then(resolve);
      this.#timer = setTimeout(round, this.#rounds === 1 ? SECOND_LOOK_MS : EVERY_MS).unref();
    };
    round();
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#watched = [];
    this.#transactions = [];
  }

  async #look(): Promise<void> {
    const idle = this.#watched.filter((watched) => !this.#busy.has(watched));
    await Promise.all([...idle.map((watched) => this.#scrape(watched)), this.#count()]);
  }

  async #scrape(watched: Watched): Promise<void> {
    this.#busy.add(watched);
    const { condition, dependencies, samples, errors } = await scrapeTarget(watched.target, this.#closing.signal);
    this.#busy.delete(watched);
    watched.condition = condition;
    // Of a process that is away it is known what it needs, and what it said last.
    if (dependencies) watched.dependencies = dependencies;
    if (errors) watched.errors = errors;
    watched.looks = samples ? keep(watched.looks, samples) : [];
  }

  /** A database that does not answer is not asked again until it has. */
  async #count(): Promise<void> {
    if (this.#readingTransactions) return;
    this.#readingTransactions = true;
    const services = this.#watched.flatMap(({ target }) => (target.kind === 'SUBGRAPH' ? [target.id] : []));
    const reading = this.#options
      .readTransactions(services)
      .then((samples) => {
        this.#transactions = keep(this.#transactions, samples);
      })
      .catch((error: unknown) => {
        this.#transactions = [];
        this.#options.log.debug({ err: error }, 'transactions could not be counted');
      })
      .finally(() => {
        this.#readingTransactions = false;
      });
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([reading, new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)))]);
    clearTimeout(timer);
  }
}

const keep = (looks: readonly Look[], samples: Samples): Look[] => [
  ...looks.slice(1 - KEPT_LOOKS),
  { at: performance.now(), samples },
];
