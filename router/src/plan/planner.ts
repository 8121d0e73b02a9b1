import { operationFromDocument, type Schema } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import { parse } from 'graphql';
import { buildComposedSupergraph } from '../supergraph/composed-supergraph.ts';

/** Planning compares so many alternatives at most; then it takes the best of them. */
const MOST_EVALUATED_PLANS = 10_000;
/** A document of whose fields more ways to fetch them exist is refused by the planner itself. */
const MOST_PATHS = 20_000;

/** Apollo's planner for one supergraph. It works on the thread that calls it, for as long as it takes. */
export class Planner {
  readonly #planner: QueryPlanner;
  readonly #apiSchema: Schema;

  /** @throws Error that says why the SDL is no supergraph */
  constructor(supergraphSdl: string) {
    const supergraph = buildComposedSupergraph(supergraphSdl);
    this.#apiSchema = supergraph.apiSchema();
    this.#planner = new QueryPlanner(supergraph, {
      debug: { maxEvaluatedPlans: MOST_EVALUATED_PLANS, pathsLimit: MOST_PATHS },
    });
  }

  /**
   * Plans one operation of a valid document.
   * @throws Error when the planner can't, or would have to compare too much
   */
  plan(source: string, operationName: string | undefined): QueryPlan {
    const options = operationName === undefined ? {} : { operationName };
    return this.#planner.buildQueryPlan(operationFromDocument(this.#apiSchema, parse(source), options));
  }
}
