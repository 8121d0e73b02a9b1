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
import type { OperationPlan } from '../plan/planner.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { collectFields } from './collect-fields.ts';
import { compilePlan } from './compile-plan.ts';
import type { Step } from './compile-fetch.ts';
import { compileEventSource, type EventSource } from './event-source.ts';
import type { Execution } from './execution.ts';
import type { JsonObject } from './own.ts';
import { incomplete, ResponseShape } from './response-shape.ts';
import type { ResumeRules } from './resumable-operation.ts';
import type { CallSubgraph, HandOn, SubgraphResponse } from './subgraph-call.ts';
import type { WrittenResponse } from './write-response.ts';

export interface OperationResult {
  readonly data?: JsonObject | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: JsonObject;
  /** All of it, in the place of everything else: where text may be, and nothing is to be told but the data. */
  readonly written?: WrittenResponse;
}

/** As objects always, or as text where that can be. */
export type ResponseForm = 'objects' | 'text';

/** An operation that can be run for one request after the other. */
export interface ExecutableOperation {
  readonly operation: OperationDefinitionNode;
  readonly plan: OperationPlan;
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
  readonly plan: OperationPlan;
  readonly source: EventSource;
  /** The one field of the subscription type that it selects. */
  readonly rootField: string;
  /** Asks other subgraphs for what the event does not bring, and shapes the response. */
  executeEvent(event: SubgraphResponse, variables: JsonObject, call: CallSubgraph): Promise<OperationResult>;
}

/** What an operation is compiled to. */
interface CompiledParts {
  readonly operation: OperationDefinitionNode;
  readonly plan: OperationPlan;
  /** Fetches everything that the plan does, beyond the event of a subscription. */
  readonly fetch: Step;
  readonly shape: ResponseShape;
  /** Of variables that are not given. */
  readonly defaults: JsonObject;
}

/** An operation of a valid document, planned and compiled: all that depends on its text has been done. */
export class CompiledOperation implements ExecutableOperation {
  readonly operation: OperationDefinitionNode;
  readonly plan: OperationPlan;
  readonly #parts: CompiledParts;

  constructor(parts: CompiledParts) {
    this.operation = parts.operation;
    this.plan = parts.plan;
    this.#parts = parts;
  }

  execute(variables: JsonObject, call: CallSubgraph, meter?: CostMeter, form?: ResponseForm): Promise<OperationResult> {
    const handOn = form === 'text' ? this.#parts.shape.handOn(meter) : undefined;
    return this.finish(this.begin(variables, call, handOn), meter, form);
  }

  protected begin(variables: JsonObject, call: CallSubgraph, handOn?: HandOn): Execution {
    const { defaults } = this.#parts;
    const defaulted = Object.keys(defaults).length === 0 ? variables : { ...defaults, ...variables };
    return { data: {}, errors: [], variables, defaulted, call, handOn, written: undefined };
  }

  protected async finish(execution: Execution, meter?: CostMeter, form?: ResponseForm): Promise<OperationResult> {
    try {
      return await this.#run(execution, meter, form);
    } catch (error) {
      // The stack has overflown: a subgraph's answer is nested where nothing nested was asked for.
      if (error instanceof RangeError) return { errors: [incomplete()], data: null };
      throw error;
    }
  }

  async #run(execution: Execution, meter?: CostMeter, form?: ResponseForm): Promise<OperationResult> {
    const { fetch, shape } = this.#parts;
    await fetch(execution);
    if (execution.written) return { written: execution.written };
    const written = form === 'text' && execution.errors.length === 0 ? shape.write(execution, meter) : undefined;
    return written ? { written } : shape.project(execution, meter);
  }
}

class CompiledSubscription extends CompiledOperation implements ExecutableSubscription {
  readonly source: EventSource;
  readonly rootField: string;

  constructor(source: EventSource, rootField: string, parts: CompiledParts) {
    super(parts);
    this.source = source;
    this.rootField = rootField;
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

/**
 * Compiles one operation of a document that has been validated, and its plan.
 * @param resume which subscriptions can be resumed
 * @param withheld selections that are answered with null and an error, whatever is known of them
 * @throws Error for a plan with parts that are not known
 */
export function compileOperation(
  supergraph: Supergraph,
  document: DocumentNode,
  operationName: string | undefined,
  plan: OperationPlan,
  resume: ResumeRules = {},
  withheld: ReadonlySet<SelectionNode> = new Set(),
): CompiledOperation {
  const operation = findOperation(document, operationName);
  const { apiSchema, fullSchema, costs } = supergraph;
  const rootType = apiSchema.getRootType(operation.operation);
  if (!rootType) throw new GraphQLError(`The schema has no root type for ${operation.operation}.`);
  const { fetchedNames } = plan;
  const context = { schema: apiSchema, fragments: fragmentsOf(document), costs, withheld, fetchedNames };
  const group = { parentType: rootType.name, selections: operation.selectionSet.selections, conditions: [] };
  const { node } = plan;
  const parts = {
    operation,
    plan,
    fetch: compilePlan(node?.kind === 'Subscription' ? node.rest : node, fullSchema),
    shape: new ResponseShape({ supergraph, operation, plan, context, group }),
    defaults: defaultsOf(operation, supergraph),
  };
  if (node?.kind !== 'Subscription') return new CompiledOperation(parts);
  const rootField = collectFields([group], rootType.name, context)[0]?.fieldName ?? '';
  const rule = Object.hasOwn(resume, rootField) ? resume[rootField] : undefined;
  const source = compileEventSource(node.primary, fullSchema, rootField, rule);
  return new CompiledSubscription(source, rootField, parts);
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
