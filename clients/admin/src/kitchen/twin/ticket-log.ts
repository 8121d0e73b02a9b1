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
  readonly #shorten: (changes: readonly TicketState[], most: number) => TicketState[];

  /**
   * @param most changes that are kept
   * @param keeps when there are more: `the latest`, which is enough to show the past that it covers, or `what hangs`,
   * each ticket as it is now, which is enough to show the present for ever
   */
  constructor(most: number, keeps: 'the latest' | 'what hangs') {
    this.#most = most;
    this.#shorten = keeps === 'the latest' ? theLatest : whatHangs;
  }

  add(change: TicketState): void {
    let index = this.#changes.length;
    while (index > 0 && (this.#changes[index - 1]?.at ?? 0) > change.at) index -= 1;
    this.#changes.splice(index, 0, change);
    if (this.#changes.length > this.#most) this.#changes = this.#shorten(this.#changes, this.#most);
  }

  /** Forgets what has not ended as far as is known here, and is not among these: its end was not heard. */
  retain(ticketIds: ReadonlySet<string>): void {
    const lost = new Set<string>();
    for (const { ticketId, status } of this.#changes) {
      if (isEnded(status)) lost.delete(ticketId);
      else if (!ticketIds.has(ticketId)) lost.add(ticketId);
    }
    if (lost.size > 0) this.#changes = this.#changes.filter(({ ticketId }) => !lost.has(ticketId));
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

  /** Changes that are kept. */
  get size(): number {
    return this.#changes.length;
  }
}

const theLatest = (changes: readonly TicketState[], most: number): TicketState[] => changes.slice(-most);

function whatHangs(changes: readonly TicketState[]): TicketState[] {
  const now = changes.at(-1)?.at ?? 0;
  const latest = new Map(changes.map((change) => [change.ticketId, change]));
  return [...latest.values()]
    .filter(({ status, at }) => !(isEnded(status) && now - at > LINGER_MS))
    .toSorted((one, other) => one.at - other.at);
}
