import type { Backlog } from './backlog.ts';

/** What happens to events while a client does not read: the latest wins, or all wait, so many at most. */
export type BackPressure = { readonly policy: 'coalesce' } | { readonly policy: 'queue'; readonly most: number };

export interface OutboxOptions {
  readonly backPressure: BackPressure;
  /** Of the client's connection, which may have more outboxes. */
  readonly backlog: Backlog;
  /** So many bytes may wait for one connection. */
  readonly mostWaitingBytes: number;
  /** Whether the client's connection takes more. */
  readonly isOpen: () => boolean;
  readonly send: (text: string) => void;
  /** An event was replaced by a newer one. */
  readonly onDropped: () => void;
  /** More waits than may. */
  readonly onOverflow: () => void;
}

/** Events of one subscription on their way to one client. */
export class Outbox {
  readonly #options: OutboxOptions;
  #waiting: string[] = [];
  #ending: (() => void) | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** @param text of an event, serialised */
  push(text: string): void {
    const { isOpen, send, backPressure, backlog, mostWaitingBytes, onDropped, onOverflow } = this.#options;
    if (this.#waiting.length === 0 && isOpen()) {
      send(text);
      return;
    }
    if (backPressure.policy === 'coalesce' && this.#waiting.length > 0) {
      onDropped();
      this.clear();
    }
    this.#waiting.push(text);
    backlog.waitingBytes += Buffer.byteLength(text);
    const tooMany = backPressure.policy === 'queue' && this.#waiting.length > backPressure.most;
    if (tooMany || backlog.waitingBytes > mostWaitingBytes) {
      this.clear();
      onOverflow();
    }
  }

  /** Does something when all that waits has been sent: what tells the end comes after what came before it. */
  end(tell: () => void): void {
    this.#ending = tell;
    this.#endIfEmpty();
  }

  /** Sends what waits, as far as the connection takes it. */
  drain(): void {
    const { isOpen, send, backlog } = this.#options;
    while (this.#waiting.length > 0 && isOpen()) {
      const text = this.#waiting.shift();
      if (text === undefined) break;
      backlog.waitingBytes -= Buffer.byteLength(text);
      send(text);
    }
    this.#endIfEmpty();
  }

  /** Forgets what waits. */
  clear(): void {
    for (const text of this.#waiting.splice(0)) this.#options.backlog.waitingBytes -= Buffer.byteLength(text);
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  #endIfEmpty(): void {
    if (this.#waiting.length > 0) return;
    const tell = this.#ending;
    this.#ending = undefined;
    tell?.();
  }
}
