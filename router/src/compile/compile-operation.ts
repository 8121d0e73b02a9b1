import type { QueryPlan } from '@apollo/query-planner';
import {
  GraphQLError,
  Kind,
  valueFromAST,
  typeFromAST,
  isInputType,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { collectFields } from './collect-fields.ts';
import { compilePlan } from './compile-plan.ts';
import type { Step } from './compile-fetch.ts';
import { compileEventSource, type EventSource } from './event-source.ts';
import type { Execution } from './execution.ts';
import type { JsonObject } from './own.ts';
import { AnswerHandOn } from './hand-on.ts';
import { Introspection } from './introspection.ts';
import { ObjectProjector } from './object-projector.ts';
import { ObjectVerifier } from './object-verifier.ts';
import { ObjectWriter } from './object-writer.ts';
import { BUBBLE, type ProjectionContext, type ProjectionError } from './projector.ts';
import type { ResumeRules } from './resumable-operation.ts';
import type { CallSubgraph, HandOn, SubgraphResponse } from './subgraph-call.ts';
import { writeResponse, type WrittenResponse } from './write-response.ts';

export interface OperationResult {
  readonly data?: JsonObject | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: JsonObject;
  /** All of it, in the place of everything else: where text may be, and nothing is to be told but the data. */
  readonly written?: WrittenResponse;
}

/** The code of the error that stands for data that is missing though no subgraph told of an error. */
export const INCOMPLETE = 'INCOMPLETE_SUBGRAPH_RESPONSE';

/** As objects always, or as text where that can be. */
export type ResponseForm = 'objects' | 'text';

/** An operation that can be run for one request after the other. */
export interface ExecutableOperation {
  readonly operation: OperationDefinitionNode;
  readonly plan: QueryPlan;
  /**
   * Asks the subgraphs and shapes the response.
   * @param variables as the client sent them, valid for the operation
   * @param meter counts what the response cost
   * @param form `text` where the response may be written already
   */
  execute(variables: JsonObject, call: CallSubgraph, meter?: CostMeter, form?: ResponseForm): Promise<OperationResult>;
}

/** Counts the objects of a response, and its leaves with a `@cost`, by their weights. */
export interface CostMeter {
  cost: number;
}

/** A subscription: executed once for each event of its source. */
export interface ExecutableSubscription {
  readonly operation: OperationDefinitionNode;
  readonly plan: QueryPlan;
  readonly source: EventSource;
  /** The one field of the subscription type that it selects. */
  readonly rootField: string;
  /** Asks other subgraphs for what the event does not bring, and shapes the response. */
  executeEvent(event: SubgraphResponse, variables: JsonObject, call: CallSubgraph): Promise<OperationResult>;
}

/** An operation of a valid document, planned and compiled: all that depends on its text has been done. */
export class CompiledOperation implements ExecutableOperation {
  constructor(
    readonly operation: OperationDefinitionNode,
    readonly plan: QueryPlan,
    protected readonly step: Step,
    private readonly projector: ObjectProjector,
    private readonly writer: ObjectWriter,
    private readonly answers: AnswerHandOn | undefined,
    private readonly defaults: JsonObject,
    private readonly introspection: Introspection,
  ) {}

  execute(variables: JsonObject, call: CallSubgraph, meter?: CostMeter, form?: ResponseForm): Promise<OperationResult> {
    const handOn = form === 'text' ? this.answers?.for(meter) : undefined;
    return this.finish(this.begin(variables, call, handOn), meter, form);
  }

  protected begin(variables: JsonObject, call: CallSubgraph, handOn?: HandOn): Execution {
    const defaulted = Object.keys(this.defaults).length === 0 ? variables : { ...this.defaults, ...variables };
    return { data: {}, errors: [], variables, defaulted, call, handOn, written: undefined };
  }

  protected async finish(execution: Execution, meter?: CostMeter, form?: ResponseForm): Promise<OperationResult> {
    try {
      return await this.run(execution, meter, form);
    } catch (error) {
      // The stack has overflown: a subgraph's answer is nested where nothing nested was asked for.
      if (error instanceof RangeError) return { errors: [incomplete()], data: null };
      throw error;
    }
  }

  private async run(execution: Execution, meter?: CostMeter, form?: ResponseForm): Promise<OperationResult> {
    await this.step(execution);
    if (execution.written) return { written: execution.written };
    const written = form === 'text' && execution.errors.length === 0 ? this.write(execution, meter) : undefined;
    return written ? { written } : this.shape(execution, meter);
  }

  private write({ data, defaulted }: Execution, meter?: CostMeter): WrittenResponse | undefined {
    const context = { variables: defaulted, cost: 0 };
    const written = writeResponse(this.writer.declared, data, context);
    if (written && meter) meter.cost += context.cost;
    return written;
  }

  private shape(execution: Execution, meter?: CostMeter): OperationResult {
    const { data: fetched, errors, variables, defaulted, hasAbsent } = execution;
    const context: ProjectionContext = {
      variables: defaulted,
      errors: [],
      missing: 0,
      cost: 0,
      introspect: (responseName) => this.introspection.answer(responseName, variables),
    };
    let data: JsonObject | null;
    try {
      const projected = this.projector.declared(fetched, context);
      data = projected === BUBBLE ? null : projected;
    } catch (error) {
      return { errors: [{ message: (error as Error).message }] };
    }
    if (meter) meter.cost += context.cost;
    if (errors.length > 0) return { errors, data };
    const [first] = context.errors;
    if (!first) return context.missing > 0 && !hasAbsent ? { errors: [incomplete()], data } : { data };
    return {
      errors: [incomplete(first.path)],
      extensions: { valueCompletion: context.errors.map(completionError) },
      data,
    };
  }
}

class CompiledSubscription extends CompiledOperation implements ExecutableSubscription {
  constructor(
    readonly source: EventSource,
    readonly rootField: string,
    ...parts: ConstructorParameters<typeof CompiledOperation>
  ) {
    super(...parts);
  }

  executeEvent(event: SubgraphResponse, variables: JsonObject, call: CallSubgraph): Promise<OperationResult> {
    const execution = this.begin(variables, call);
    this.source.take(event, execution);
    return this.finish(execution);
  }
}

export const isSubscription = (
  operation: ExecutableOperation | ExecutableSubscription,
): operation is ExecutableSubscription => 'source' in operation;

/** Data is missing though no subgraph told of an error. Every client looks at errors; few look at `valueCompletion`. */
const incomplete = (path?: readonly (string | number)[]): GraphQLFormattedError => ({
  message: 'A subgraph left out what it was asked for, or answered what the schema does not allow.',
  ...(path && { path }),
  extensions: { code: INCOMPLETE },
});

const completionError = ({ message, path }: ProjectionError): GraphQLFormattedError => ({
  message,
  path,
  extensions: { code: 'INVALID_GRAPHQL' },
});

/**
 * Compiles one operation of a document that has been validated, and its plan.
 * @param resume which subscriptions can be resumed
 * @param withheld selections that are answered with null, whatever is known of them
 * @throws NotCompiled
 */
export function compileOperation(
  supergraph: Supergraph,
  document: DocumentNode,
  operationName: string | undefined,
  plan: QueryPlan,
  resume: ResumeRules = {},
  withheld: ReadonlySet<SelectionNode> = new Set(),
): CompiledOperation {
  const operation = findOperation(document, operationName);
  const fragments = fragmentsOf(document);
  const context = { schema: supergraph.apiSchema, fragments, costs: supergraph.costs, withheld };
  const rootType = supergraph.apiSchema.getRootType(operation.operation);
  if (!rootType) throw new GraphQLError(`The schema has no root type for ${operation.operation}.`);
  const group = { parentType: rootType.name, selections: operation.selectionSet.selections, conditions: [] };
  const { node } = plan;
  const step = compilePlan(node?.kind === 'Subscription' ? node.rest : node, supergraph.fullSchema);
  const parts = [
    operation,
    plan,
    step,
    new ObjectProjector(rootType.name, [group], context),
    new ObjectWriter(rootType.name, [group], context),
    AnswerHandOn.fits(plan) ? new AnswerHandOn(new ObjectVerifier(rootType.name, [group], context)) : undefined,
    defaultsOf(operation, supergraph),
    new Introspection(supergraph, operation, fragments),
  ] as const;
  if (node?.kind !== 'Subscription') return new CompiledOperation(...parts);
  const rootField = collectFields([group], rootType.name, context)[0]?.fieldName ?? '';
  const rule = Object.hasOwn(resume, rootField) ? resume[rootField] : undefined;
  const source = compileEventSource(node.primary, supergraph.fullSchema, rootField, rule);
  return new CompiledSubscription(source, rootField, ...parts);
}

export function findOperation(document: DocumentNode, operationName: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const named =
    operationName === undefined ? operations : operations.filter(({ name }) => name?.value === operationName);
  const [operation, another] = named;
  if (!operation) {
    throw new GraphQLError(
      operationName === undefined ? 'Must provide an operation.' : `Unknown operation named "${operationName}".`,
    );
  }
  if (another) throw new GraphQLError('Must provide operation name if query contains multiple operations.');
  return operation;
}

export const fragmentsOf = (document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );

function defaultsOf(operation: OperationDefinitionNode, { apiSchema }: Supergraph): JsonObject {
  const defaults: JsonObject = {};
  for (const { variable, type, defaultValue } of operation.variableDefinitions ?? []) {
    const inputType = typeFromAST(apiSchema, type as never);
    if (defaultValue && isInputType(inputType)) defaults[variable.name.value] = valueFromAST(defaultValue, inputType);
  }
  return defaults;
}
