import type { Metrics } from '@brigade/service-kit/process';
import { trace } from '@opentelemetry/api';
import type { GraphQLFormattedError } from 'graphql';
import { KnownNames } from '../observe/known-names.ts';

const names = new KnownNames();

/**
 * What is measured of one operation, whatever lane carries it: its duration by name, kind and outcome, and on the span
 * that is active when it is named and ended, the attributes of OpenTelemetry's semantic conventions.
 */
export class OperationRecord {
  readonly #started = performance.now();
  readonly #duration: Metrics['graphqlDuration'];
  #operation = 'anonymous';
  #type = 'invalid';
  #outcome = 'ok';

  constructor({ graphqlDuration }: Pick<Metrics, 'graphqlDuration'>) {
    this.#duration = graphqlDuration;
  }

  /** Once it is known what it is. */
  named(name: string | undefined, kind: string): void {
    this.#operation = name === undefined ? this.#operation : names.labelOf(name);
    this.#type = kind;
    trace.getActiveSpan()?.setAttributes({
      'graphql.operation.type': kind,
      ...(name !== undefined && { 'graphql.operation.name': name }),
    });
  }

  /** What the client is told went wrong, if anything. */
  answered(errors: readonly GraphQLFormattedError[] | undefined): void {
    const [first] = errors ?? [];
    if (!first) return;
    this.#outcome = String(first.extensions?.code ?? 'error');
    trace.getActiveSpan()?.setAttribute('error.type', this.#outcome);
  }

  end(): void {
    const labels = { operation: this.#operation, type: this.#type, outcome: this.#outcome };
    this.#duration.observe(labels, (performance.now() - this.#started) / 1_000);
  }
}
