/** What the provider wrote into its ledger under one key. Amounts in minor units. */
export interface Entry {
  id: string;
  kind: 'charge' | 'refund';
  status: 'succeeded' | 'declined';
  amountMinor: number;
  orderId: string;
  /** Of a refund: the charge. */
  chargeId?: string;
}

/** The payment provider: one entry for each key, whatever is asked under it again. */
export class Provider {
  readonly entries = new Map<string, Entry>();
  outage = false;

  charge(key: string, orderId: string, amountMinor: number, card: 'pays' | 'declines'): Entry {
    const status = card === 'pays' ? 'succeeded' : 'declined';
    return this.#once(key, { kind: 'charge', status, amountMinor, orderId });
  }

  /** Closes a charge's key: answers what happened under it, or makes sure that nothing will. */
  voidCharge(key: string, orderId: string): Entry {
    return this.#once(key, { kind: 'charge', status: 'declined', amountMinor: 0, orderId });
  }

  /** @throws Error for more than is left of the charge: we must never ask for that */
  refund(key: string, orderId: string, chargeId: string, amountMinor: number): Entry {
    if (!this.entries.has(key) && amountMinor > this.held(orderId)) throw new Error('refund of more than is left');
    return this.#once(key, { kind: 'refund', status: 'succeeded', amountMinor, orderId, chargeId });
  }

  charges(orderId: string): number {
    return this.#sum('charge', orderId).length;
  }

  /** What was taken for the order and has not gone back. */
  held(orderId: string): number {
    const total = (kind: Entry['kind']) =>
      this.#sum(kind, orderId).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    return total('charge') - total('refund');
  }

  #sum(kind: Entry['kind'], orderId: string): Entry[] {
    return [...this.entries.values()].filter(
      (entry) => entry.kind === kind && entry.orderId === orderId && entry.status === 'succeeded',
    );
  }

  #once(key: string, entry: Omit<Entry, 'id'>): Entry {
    const known = this.entries.get(key);
    if (known) return known;
    const added = { id: `entry ${key}`, ...entry };
    this.entries.set(key, added);
    return added;
  }
}
