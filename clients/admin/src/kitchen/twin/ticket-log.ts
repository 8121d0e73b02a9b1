import type { TicketStatus } from '@brigade/graphql';

/** A ticket as it was from a moment on. */
export interface TicketState {
  readonly at: number;
  readonly ticketId: string;
  readonly orderId: string | null;
  readonly dishName: string;
  readonly quantity: number;
  readonly status: TicketStatus;
  readonly stationId: string | null;
  readonly step: { readonly index: number; readonly count: number; readonly name: string } | null;
}

/** Ended tickets stay in sight for so long, milliseconds: they travel off the rail. */
const LINGER_MS = 4_000;

const ended: ReadonlySet<TicketStatus> = new Set(['READY', 'CANCELLED', 'FAILED']);
export const isEnded = (status: TicketStatus): boolean => ended.has(status);

/** Everything that happened to tickets, by time: what hung on the rail at any moment. */
export class TicketLog {
  #changes: TicketState[] = [];
  readonly #most: number;

  constructor(most = 5_000) {
    this.#most = most;
  }

  add(change: TicketState): void {
    let index = this.#changes.length;
    while (index > 0 && (this.#changes[index - 1]?.at ?? 0) > change.at) index -= 1;
    this.#changes.splice(index, 0, change);
    if (this.#changes.length > this.#most) this.#changes.splice(0, this.#changes.length - this.#most);
  }

  /** The tickets in sight at a moment, in the order in which they came. */
  at(time: number): TicketState[] {
    const states = new Map<string, TicketState>();
    for (const change of this.#changes) {
      if (change.at > time) break;
      states.set(change.ticketId, change);
    }
    return [...states.values()].filter(
      ({ status, at }) => status !== 'WAITING' && !(isEnded(status) && time - at > LINGER_MS),
    );
  }

  clear(): void {
    this.#changes = [];
  }
}
