/** What happens to events while a client does not read: the latest wins, or all wait, so many at most. */
export type BackPressure = { readonly policy: 'coalesce' } | { readonly policy: 'queue'; readonly most: number };

export interface OutboxOptions {
  readonly backPressure: BackPressure;
  /** Whether the client's connection takes more. */
  readonly isOpen: () => boolean;
  readonly send: (text: string) => void;
  /** An event was replaced by a newer one. */
  readonly onDropped: () => void;
  /** More events wait than may. */
  readonly onOverflow: () => void;
}

/** Events of one subscription on their way to one client. */
export class Outbox {
  readonly #options: OutboxOptions;
  #waiting: string[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** @param text of an event, serialised */
  push(text: string): void {
    const { isOpen, send, backPressure, onDropped, onOverflow } = this.#options;
    if (this.#waiting.length === 0 && isOpen()) {
      send(text);
      return;
    }
    if (backPressure.policy === 'coalesce' && this.#waiting.length > 0) {
      onDropped();
      this.#waiting = [text];
      return;
    }
    this.#waiting.push(text);
    if (backPressure.policy === 'queue' && this.#waiting.length > backPressure.most) {
      this.#waiting = [];
      onOverflow();
    }
  }

  /** Sends what waits, as far as the connection takes it. */
  drain(): void {
    const { isOpen, send } = this.#options;
    while (this.#waiting.length > 0 && isOpen()) {
      const text = this.#waiting.shift();
      if (text !== undefined) send(text);
    }
  }

  get waiting(): number {
    return this.#waiting.length;
  }
}
