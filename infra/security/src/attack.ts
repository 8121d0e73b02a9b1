import type { Answer } from './answer.ts';
import type { Who } from './people.ts';
import type { DoorName } from './settings.ts';
import type { Stage } from './stage.ts';
import type { Operation, TransportName } from './transports/index.ts';

/** One code, or any of several. */
export type Codes = string | readonly string[];

/** The answer that an attack must get. */
export type Expected =
  /**
   * Is not executed: this status over HTTP; over WebSocket an `error` message or, where it says so, a closed socket. What
   * is no GraphQL request need not be answered with a code.
   */
  | { readonly refused: number; readonly code?: Codes; readonly closed?: number }
  /** The WebSocket is closed with this code. */
  | { readonly closed: number }
  /** Is executed; whatever was asked for is null, and an error says why. */
  | { readonly denied: Codes }
  /** Tells nothing but one of these codes, be it refused before its execution or denied by it. */
  | { readonly nothing: Codes }
  /** Is no GraphQL request, and answered with this status. */
  | { readonly status: number }
  /** Does no harm: is answered with exactly this data, without an error, or beside one of this code. */
  | { readonly data: unknown; readonly beside?: string };

interface AnyAttack {
  readonly name: string;
  /** The router to attack: `production` by default. */
  readonly door?: DoorName;
  readonly expected: Expected;
  /** What must hold besides, once it has been answered. */
  readonly holds?: (stage: Stage, answer: Answer) => void | Promise<void>;
  /** What Brigade has not yet, so that the attack succeeds; the suite tells when it has it. */
  readonly awaits?: string;
}

/** An attack that is a GraphQL operation: sent over each of the transports. */
export interface OperationAttack extends AnyAttack {
  readonly over: readonly TransportName[];
  /** Where it succeeds as yet, when not everywhere. */
  readonly awaitedOver?: readonly TransportName[];
  readonly as?: Who;
  /** In place of a person's token. */
  readonly token?: (stage: Stage) => string | Promise<string>;
  readonly headers?: (stage: Stage) => Record<string, string> | Promise<Record<string, string>>;
  readonly operation: Operation | ((stage: Stage) => Operation | Promise<Operation>);
}

/** Any other attack, in its own way. */
export interface CraftedAttack extends AnyAttack {
  /** What it goes over, for people. */
  readonly by: string;
  readonly send: (stage: Stage, url: string) => Promise<Answer>;
}

export type Attack = OperationAttack | CraftedAttack;
