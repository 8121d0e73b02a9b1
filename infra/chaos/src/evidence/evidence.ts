import type { Sighting, ToldOrder } from '../load/told.ts';

/** Everything that is left when all is quiet, as others than the services themselves have it. */
export interface Evidence {
  /** What each client was told. */
  told: readonly ToldOrder[];
  /** The streams and the read model in the database of orders; `keys` are the idempotency keys that led to it. */
  orders: readonly {
    id: string;
    keys: readonly string[];
    /** Of the read model; absent when it has no row. */
    view?: { status: string; version: number };
    totalMinor: number;
    events: readonly { version: number; type: string }[];
  }[];
  /** Whether read models that were built anew from the events are those that stood there; absent when nobody looked. */
  readModelsIdentical?: boolean;
  /** The payment provider's own book. */
  ledger: readonly {
    kind: 'charge' | 'refund';
    status: 'succeeded' | 'declined';
    amountMinor: number;
    /** The order. */
    reference: string;
  }[];
  payments: readonly { orderId: string; status: string; capturedMinor: number; refundedMinor: number }[];
  /** Levels now, and what there was in all before the first order. */
  stock: readonly { ingredientId: string; initial: number; onHand: number; reserved: number; consumed: number }[];
  reservations: readonly {
    orderId: string;
    status: string;
    needs: readonly { ingredientId: string; quantity: number }[];
  }[];
  tickets: readonly { id: string; orderId: string; status: string }[];
  /** The devices' log: jobs that were begun, and for what; and jobs that were done. */
  jobs: { begun: readonly { jobId: string; ticketId: string; step: number }[]; done: readonly string[] };
  /** Messages left in each outbox and in each work queue. */
  outboxes: Readonly<Record<string, number>>;
  queues: Readonly<Record<string, number>>;
  deadLetters: readonly { consumer: string; messageId: string; reason: string }[];
  /** The message ids of the poison that was put in. */
  poison: readonly string[];
  /** What subscribers saw, by order. */
  seen: ReadonlyMap<string, readonly Sighting[]>;
}

export interface Violation {
  /** `lost`: something acknowledged is missing; `doubled`: something happened twice; `wrong`: anything else. */
  kind: 'lost' | 'doubled' | 'wrong';
  rule: string;
  /** What exactly, with numbers and ids. */
  detail: string;
  orderId?: string;
}
