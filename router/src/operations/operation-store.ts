import {
  compileOperation,
  type ExecutableOperation,
  type ExecutableSubscription,
} from '../compile/compile-operation.ts';
import { NotCompiled } from '../compile/compile-plan.ts';
import { StockOperation } from '../compile/stock-operation.ts';
import { PlanRefused, PlannerBusy, type PlanOperation } from '../plan/planning-thread.ts';
import { prepareDocument, type DocumentRules } from '../pipeline/prepare-document.ts';
import { Refusal, refusal } from '../pipeline/refusal.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';

/** Documents are kept with their text; all texts together may be so long. */
const MOST_CHARACTERS = 20_000_000;

export type Executable = ExecutableOperation | ExecutableSubscription;

/** What the store tells whoever measures. */
export interface OperationStoreObserver {
  kept(): void;
  planned(seconds: number): void;
  /** An operation that could not be compiled runs on the stock executor. */
  fellBack(why: string): void;
}

export interface OperationStoreOptions {
  readonly supergraph: Supergraph;
  readonly plan: PlanOperation;
  readonly rules: DocumentRules;
  /** So many operations are kept; those that were not asked for lately go. */
  readonly mostOperations: number;
  readonly observer: OperationStoreObserver;
}

/**
 * Operations of one supergraph: parsed, validated, checked against the limits, planned and compiled at their first
 * request, and kept for the next ones. A refusal is kept too: it would cost as much again.
 */
export class OperationStore {
  readonly supergraph: Supergraph;
  readonly #options: OperationStoreOptions;
  /** In the order of their last use. */
  readonly #operations = new Map<string, Promise<Executable>>();
  #characters = 0;

  constructor(options: OperationStoreOptions) {
    this.supergraph = options.supergraph;
    this.#options = options;
  }

  /** @throws Refusal */
  get(source: string, operationName: string | undefined): Promise<Executable> {
    const key = keyOf(source, operationName);
    const known = this.#operations.get(key);
    if (known) {
      this.#options.observer.kept();
      this.#operations.delete(key);
      this.#operations.set(key, known);
      return known;
    }
    const made = this.#make(source, operationName);
    this.#keep(key, made);
    made.catch((error: unknown) => {
      // Whoever comes a moment later may find the planner less busy.
      const lasting = error instanceof Refusal && error.status < 500;
      if (!lasting && this.#operations.get(key) === made) this.#forget(key);
    });
    return made;
  }

  /** What was asked for last, the newest first: so many at most. */
  latest(count: number): readonly { source: string; operationName: string | undefined }[] {
    return [...this.#operations.keys()].slice(-count).toReversed().map(partsOf);
  }

  #keep(key: string, made: Promise<Executable>): void {
    this.#operations.set(key, made);
    this.#characters += key.length;
    for (const oldest of this.#operations.keys()) {
      if (this.#operations.size <= this.#options.mostOperations && this.#characters <= MOST_CHARACTERS) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    if (this.#operations.delete(key)) this.#characters -= key.length;
  }

  async #make(source: string, operationName: string | undefined): Promise<Executable> {
    const { supergraph, observer, rules } = this.#options;
    const document = prepareDocument(supergraph.apiSchema, source, operationName, rules);
    const started = performance.now();
    const plan = await this.#options.plan(source, operationName).catch((error: unknown) => {
      if (error instanceof PlanRefused) throw refusal(400, error.code, error.message);
      if (error instanceof PlannerBusy) throw refusal(503, error.code, error.message);
      throw error;
    });
    observer.planned((performance.now() - started) / 1_000);
    try {
      return compileOperation(supergraph, document, operationName, plan);
    } catch (error) {
      if (!(error instanceof NotCompiled)) throw error;
      observer.fellBack(error.message);
      return new StockOperation(supergraph, document, operationName, plan);
    }
  }
}

/** No name has a line break in it, and an absent one is an empty line. */
const keyOf = (source: string, operationName: string | undefined): string => `${operationName ?? ''}\n${source}`;

function partsOf(key: string): { source: string; operationName: string | undefined } {
  const at = key.indexOf('\n');
  return { source: key.slice(at + 1), operationName: key.slice(0, at) || undefined };
}
