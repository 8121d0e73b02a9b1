import type { DocumentNode } from 'graphql';
import { compileOperation, type ExecutableOperation } from '../compile/compile-operation.ts';
import { NotCompiled } from '../compile/compile-plan.ts';
import { StockOperation } from '../compile/stock-operation.ts';
import { PlanRefused, type PlanOperation } from '../plan/planning-thread.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';

/** What the store tells whoever measures. */
export interface OperationStoreObserver {
  hit(): void;
  planned(seconds: number): void;
  /** An operation that could not be compiled runs on the stock executor. */
  fellBack(why: string): void;
}

export interface OperationStoreOptions {
  readonly supergraph: Supergraph;
  readonly plan: PlanOperation;
  /** So many operations are kept; those that were not asked for lately go. */
  readonly mostOperations: number;
  readonly observer: OperationStoreObserver;
}

/** Operations of one supergraph, planned and compiled at their first request and kept for the next ones. */
export class OperationStore {
  readonly supergraph: Supergraph;
  readonly #options: OperationStoreOptions;
  /** In the order of their last use. A refusal is kept too: it would cost as much again. */
  readonly #operations = new Map<string, Promise<ExecutableOperation>>();

  constructor(options: OperationStoreOptions) {
    this.supergraph = options.supergraph;
    this.#options = options;
  }

  /**
   * @param source the text of a valid document
   * @throws PlanRefused, PlannerBusy
   */
  get(source: string, document: DocumentNode, operationName: string | undefined): Promise<ExecutableOperation> {
    const key = `${operationName ?? ''}\n${source}`;
    const known = this.#operations.get(key);
    if (known) {
      this.#options.observer.hit();
      this.#operations.delete(key);
      this.#operations.set(key, known);
      return known;
    }
    const made = this.#make(source, document, operationName);
    this.#operations.set(key, made);
    made.catch((error: unknown) => {
      if (!(error instanceof PlanRefused) && this.#operations.get(key) === made) this.#operations.delete(key);
    });
    const [oldest] = this.#operations.keys();
    if (this.#operations.size > this.#options.mostOperations && oldest !== undefined) this.#operations.delete(oldest);
    return made;
  }

  async #make(source: string, document: DocumentNode, operationName: string | undefined): Promise<ExecutableOperation> {
    const { supergraph, observer } = this.#options;
    const started = performance.now();
    const plan = await this.#options.plan(source, operationName);
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
