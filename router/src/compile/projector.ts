import type { FieldRefusal } from './field-refusal.ts';
import type { JsonObject } from './own.ts';

/** A field that may not be null is: its object is null instead. */
export const BUBBLE = Symbol('a null that bubbles up');

export interface ProjectionError {
  message: string;
  path: (string | number)[];
  /** Of a field that is refused; absent where a value does not fit. */
  extensions?: FieldRefusal['extensions'];
}

/** What one response's projection knows and finds out. */
export interface ProjectionContext {
  /** Variables with their defaults. */
  readonly variables: JsonObject;
  readonly errors: ProjectionError[];
  /** Fields so far that no subgraph told of, not even that they are null. */
  missing: number;
  /** Of what has been shaped so far. */
  cost: number;
  /** Answers `__schema` and `__type`, by the response key. */
  readonly introspect: (responseName: string) => unknown;
}

export type Project = (input: JsonObject, context: ProjectionContext) => JsonObject | typeof BUBBLE;

/** Shapes objects of one declared type. */
export interface Projector {
  /** For objects that say they are of the declared type, or say nothing. */
  readonly declared: Project;
  readonly declaredType: string;
  /**
   * Shapes an object that says what it is, if it does.
   * @returns undefined when it says that it is of a type that there is not
   */
  project(input: JsonObject, context: ProjectionContext): JsonObject | typeof BUBBLE | undefined;
  /** The name that `__typename` answers: of an object type, or the null that bubbles up. */
  typenameOf(value: unknown, runtimeType: string): string | typeof BUBBLE;
}
