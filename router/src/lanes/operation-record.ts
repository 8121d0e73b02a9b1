import type { Metrics } from '@brigade/service-kit/process';
import { trace } from '@opentelemetry/api';
import type { GraphQLFormattedError } from 'graphql';
import type { OperationLabels } from '../observe/operation-labels.ts';
import { StageRecord, type StageObserver } from '../pipeline/stage-record.ts';

export interface OperationObserver {
  readonly metrics: Pick<Metrics, 'graphqlDuration'>;
  readonly labels: OperationLabels;
  readonly stages: StageObserver;
}

/**
 * What is measured of one operation, whatever lane carries it: its duration by name, kind and outcome, how long it is in
 * each stage, and on the span that is active when it is named and answered, the attributes of OpenTelemetry's semantic
 * conventions.
 */
export class OperationRecord {
  readonly stages: StageRecord;
  readonly #started = performance.now();
  readonly #duration: Metrics['graphqlDuration'];
  readonly #isTraced: boolean;
  readonly #labels: OperationLabels;
  #operation = 'anonymous';
  #type = 'invalid';
  #outcome = 'ok';

  constructor({ metrics, stages, labels }: OperationObserver) {
    this.#labels = labels;
    this.stages = new StageRecord(stages);
    this.#duration = metrics.graphqlDuration;
    this.#isTraced = stages.tracing.isRecording;
  }

  /** Once it is known what it is. */
  named(name: string | undefined, kind: string): void {
    this.#operation = name === undefined ? this.#operation : this.#labels.names.labelOf(name);
    this.#type = kind;
    if (!this.#isTraced) return;
    trace.getActiveSpan()?.setAttributes({
      'graphql.operation.type': kind,
      ...(name !== undefined && { 'graphql.operation.name': name }),
    });
  }

  /** What the client is told went wrong, if anything. */
  answered(errors: readonly GraphQLFormattedError[] | undefined): void {
    const [first] = errors ?? [];
    if (!first) return;
    const code = String(first.extensions?.code ?? 'error');
    this.#outcome = this.#labels.codes.labelOf(code);
    trace.getActiveSpan()?.setAttribute('error.type', code);
  }

  /** A subscription has been opened, which says nothing of how long it takes. */
  opened(): void {
    this.stages.end();
  }

  end(): void {
    this.stages.end();
    const labels = { operation: this.#operation, type: this.#type, outcome: this.#outcome };
    this.#duration.observe(labels, (performance.now() - this.#started) / 1_000);
  }
}
