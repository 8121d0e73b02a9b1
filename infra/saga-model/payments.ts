import { orderPlaced, stockReserved, type Envelope, type PayloadOf } from '@brigade/schema';
import { messageOf } from '../../subgraphs/payments/src/messaging/publishes.ts';
import type { Decision, Payment } from '../../subgraphs/payments/src/payment/decide.ts';
import { callsOff } from '../../subgraphs/payments/src/payment/heard.ts';
import { hasWork } from '../../subgraphs/payments/src/payment/payment.ts';
import type { Domain } from './domain.ts';
import type { Entry, Provider } from './provider.ts';
import { Participant, type Fate, type Transaction } from './transaction.ts';

export interface PaymentRow extends Payment {
  readonly id: string;
  readonly orderId: string;
  /** Minor units; null until the order was heard of. */
  readonly totalMinor: number | null;
  /** Whether the worker will look at it: it has a next attempt. */
  readonly due: boolean;
}

export interface RefundRow {
  readonly id: string;
  readonly paymentId: string;
  readonly amountMinor: number;
  readonly status: 'REQUESTED' | 'DONE';
  readonly by: 'manager' | 'order';
}

/** A question to the provider on its way, or its answer. */
export interface Call {
  readonly paymentId: string;
  readonly ask: () => Entry;
  readonly refundId?: string;
  answer?: Entry;
}

const names = new Set<string>(callsOff.map(({ name }) => name));

/** Payments: what is heard moves a state; a worker asks the provider. */
export class Payments extends Participant {
  readonly rows = new Map<string, PaymentRow>();
  readonly refunds = new Map<string, RefundRow>();
  readonly calls: Call[] = [];

  constructor(
    private readonly domain: Domain,
    private readonly provider: Provider,
    private readonly idOf: (orderId: string) => string,
    private readonly cardOf: (orderId: string) => 'pays' | 'declines',
  ) {
    super(domain);
  }

  of(orderId: string): PaymentRow | undefined {
    return this.rows.get(this.idOf(orderId));
  }

  refundsOf(paymentId: string): RefundRow[] {
    return [...this.refunds.values()].filter((refund) => refund.paymentId === paymentId);
  }

  protected handle(message: Envelope<{ orderId: string }>, tx: Transaction): void {
    const row = this.#ensure(message.payload.orderId);
    if (message.name === orderPlaced.name) {
      const { total } = message.payload as PayloadOf<typeof orderPlaced>;
      tx.set(this.rows, row.id, { ...row, totalMinor: row.totalMinor ?? total.amountMinor });
    } else if (message.name === stockReserved.name) {
      this.#record(tx, row, this.domain.payments.hear(row, 'stock-reserved'));
    } else if (names.has(message.name)) this.#record(tx, row, this.domain.payments.hear(row, 'called-off'));
  }

  /** What the worker may claim. A lease can run out at any moment, so a claim keeps nobody else from the next. */
  claimable(): PaymentRow[] {
    return [...this.rows.values()].filter(
      ({ id, due, status, totalMinor }) =>
        due &&
        (totalMinor !== null || status === 'UNWINDING') &&
        this.calls.filter((c) => c.paymentId === id).length < 3,
    );
  }

  work(row: PaymentRow): void {
    const { id, orderId, totalMinor } = row;
    const key = this.domain.payments.captureKey(id);
    const step = this.domain.payments.workOf(row);
    if (step === 'CHARGE') {
      const ask = () => this.provider.charge(key, orderId, totalMinor ?? 0, this.cardOf(orderId));
      this.calls.push({ paymentId: id, ask });
    } else if (step === 'VOID') this.calls.push({ paymentId: id, ask: () => this.provider.voidCharge(key, orderId) });
    else this.#giveBack(row);
  }

  /** The provider has answered. */
  settle({ paymentId, refundId, answer }: Call, fate: Fate): void {
    const row = this.rows.get(paymentId);
    if (!row || !answer) return;
    this.transact((tx) => {
      const refund = refundId && this.refunds.get(refundId);
      if (refund) {
        if (refund.status === 'DONE') return;
        tx.set(this.refunds, refund.id, { ...refund, status: 'DONE' });
        return this.#record(tx, row, this.domain.payments.settleRefund(row, refund.amountMinor));
      }
      const decision = this.domain.payments.settleCharge(row, answer);
      if (decision) this.#record(tx, row, decision);
    }, fate);
  }

  /** What a manager could still give back. */
  left(row: PaymentRow): number {
    return this.domain.payments.unrequested(row, this.refundsOf(row.id));
  }

  /** A manager gives some of it back. */
  refund(row: PaymentRow, amountMinor: number): void {
    this.transact((tx) => this.#request(tx, row, amountMinor, 'manager'));
  }

  #giveBack(row: PaymentRow): void {
    // Between the request and the call another transaction may come, as may a crash: the row is read again.
    const owed = this.domain.payments.owedBack(row, this.refundsOf(row.id));
    if (owed > 0) this.transact((tx) => this.#request(tx, row, owed, 'order'));
    const next = this.refundsOf(row.id).find(({ status }) => status === 'REQUESTED');
    if (next) {
      const { id: refundId, amountMinor } = next;
      const ask = () =>
        this.provider.refund(this.domain.payments.refundKey(refundId), row.orderId, row.chargeId ?? '', amountMinor);
      this.calls.push({ paymentId: row.id, refundId, ask });
    } else if (!hasWork(row.status)) this.transact((tx) => tx.set(this.rows, row.id, { ...row, due: false }));
  }

  #request(tx: Transaction, row: PaymentRow, amountMinor: number, by: RefundRow['by']): void {
    const id = `${row.id} ${this.refunds.size}`;
    tx.set(this.refunds, id, { id, paymentId: row.id, amountMinor, status: 'REQUESTED', by });
    tx.set(this.rows, row.id, { ...row, due: true });
  }

  #record(tx: Transaction, row: PaymentRow, { status, changes, due, news }: Decision): void {
    tx.set(this.rows, row.id, { ...row, ...changes, status, due: due === 'AS_BEFORE' ? row.due : due === 'NOW' });
    tx.say(...news.map((one) => messageOf({ ...row, currency: 'EUR' }, one)));
  }

  #ensure(orderId: string): PaymentRow {
    const fresh = { id: this.idOf(orderId), orderId, status: 'EXPECTED', totalMinor: null, due: false } as const;
    return this.of(orderId) ?? { ...fresh, capturedMinor: 0, refundedMinor: 0 };
  }
}
