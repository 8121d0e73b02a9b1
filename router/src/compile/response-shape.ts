import type { GraphQLFormattedError, OperationDefinitionNode } from 'graphql';
import type { OperationPlan } from '../plan/planner.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { CollectContext, SelectionGroup } from './collect-fields.ts';
import type { CostMeter, OperationResult } from './compile-operation.ts';
import type { Execution } from './execution.ts';
import { fetchedFieldsOf } from '../plan/fetched-fields.ts';
import { INCOMPLETE } from './field-refusal.ts';
import { AnswerHandOn } from './hand-on.ts';
import { Introspection } from './introspection.ts';
import { ObjectProjector } from './object-projector.ts';
import { ObjectVerifier } from './object-verifier.ts';
import { ObjectWriter } from './object-writer.ts';
import type { JsonObject } from './own.ts';
import { BUBBLE, type ProjectionContext, type ProjectionError } from './projector.ts';
import { ResponsePaths } from './response-paths.ts';
import type { HandOn } from './subgraph-call.ts';
import { leadsToNull } from './unasked-entities.ts';
import { writeResponse, type WrittenResponse } from './write-response.ts';

export interface ResponseShapeSource {
  readonly supergraph: Supergraph;
  readonly operation: OperationDefinitionNode;
  readonly plan: OperationPlan;
  readonly context: CollectContext;
  /** What the operation selects. */
  readonly group: SelectionGroup;
}

/** Makes the response of one operation of what was fetched for it, in one of three ways. */
export class ResponseShape {
  readonly #projector: ObjectProjector;
  readonly #writer: ObjectWriter;
  readonly #answers: AnswerHandOn | undefined;
  readonly #introspection: Introspection;
  readonly #paths: ResponsePaths;

  constructor({ supergraph, operation, plan, context, group }: ResponseShapeSource) {
    const fetched = fetchedFieldsOf(plan, supergraph.fullSchema);
    const { fragments } = context;
    this.#projector = new ObjectProjector([group], context, fetched);
    this.#writer = new ObjectWriter([group], context, fetched);
    this.#answers = AnswerHandOn.fits(plan)
      ? new AnswerHandOn(new ObjectVerifier([group], context, fetched))
      : undefined;
    this.#introspection = new Introspection(supergraph, operation, fragments);
    this.#paths = new ResponsePaths(operation, fragments, plan.fetchedNames);
  }

  /** Nothing where no answer of a subgraph can be the response as it is. */
  handOn(meter: CostMeter | undefined): HandOn | undefined {
    return this.#answers?.for(meter);
  }

  /** Nothing where something is wrong with what was fetched. */
  write({ data, defaulted }: Execution, meter?: CostMeter): WrittenResponse | undefined {
    const context = { variables: defaulted, cost: 0 };
    const written = writeResponse(this.#writer.declared, data, context);
    if (written && meter) meter.cost += context.cost;
    return written;
  }

  project(execution: Execution, meter?: CostMeter): OperationResult {
    const { data: fetched, errors: fetchErrors, variables, defaulted, hasAbsent, unasked = [] } = execution;
    const context: ProjectionContext = {
      variables: defaulted,
      errors: [],
      missing: 0,
      cost: 0,
      introspect: (responseName) => this.#introspection.answer(responseName, variables),
    };
    let data: JsonObject | null;
    try {
      const projected = this.#projector.declared(fetched, context);
      data = projected === BUBBLE ? null : projected;
    } catch (error) {
      return { errors: [{ message: (error as Error).message }] };
    }
    if (meter) meter.cost += context.cost;
    const refusals = context.errors.filter(({ extensions }) => extensions);
    // What lacks something because there is no such entity has no fields, which is no error.
    const missed = hasAbsent ? [] : unasked.map((error) => this.#located(error));
    const errors = [
      ...fetchErrors.map((error) => this.#located(error)),
      ...missed.filter(({ path }) => leadsToNull(path, data)),
      ...refusals,
    ];
    if (errors.length > 0) return { errors, data };
    const [first] = context.errors;
    if (!first) return context.missing > 0 && !hasAbsent ? { errors: [incomplete()], data } : { data };
    return {
      errors: [incomplete(first.path)],
      extensions: { valueCompletion: context.errors.map(completionError) },
      data,
    };
  }

  #located({ path: fetched, ...error }: GraphQLFormattedError): GraphQLFormattedError {
    const path = fetched && this.#paths.of(fetched);
    return { ...error, ...(path && path.length > 0 && { path }) };
  }
}

/** Data is missing though no subgraph told of an error. Every client looks at errors; few look at `valueCompletion`. */
export const incomplete = (path?: readonly (string | number)[]): GraphQLFormattedError => ({
  message: 'A subgraph left out what it was asked for, or answered what the schema does not allow.',
  ...(path && { path }),
  extensions: { code: INCOMPLETE },
});

const completionError = ({ message, path }: ProjectionError): GraphQLFormattedError => ({
  message,
  path,
  extensions: { code: 'INVALID_GRAPHQL' },
});
