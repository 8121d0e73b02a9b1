import { Migration } from '@mikro-orm/migrations';
import { messagingTables } from '@brigade/service-kit';

/** Released migrations are never edited; add the next one below. */
export class Migration20261121Initial extends Migration {
  override name = '20261121_initial';

  override up(): void {
    for (const statement of messagingTables) this.addSql(statement);
    this.addSql(`create table payment_methods (
      id uuid primary key,
      user_id uuid not null,
      token text not null,
      brand text not null,
      last4 text not null,
      created_at timestamptz not null default now(),
      unique (user_id, token)
    )`);
    this.addSql(`create table payments (
      id uuid primary key,
      order_id uuid not null unique,
      user_id uuid,
      payment_method_id uuid,
      status text not null,
      amount_minor int not null default 0,
      currency text not null default 'EUR',
      captured_minor int not null default 0,
      refunded_minor int not null default 0,
      charge_id text,
      decline_reason text,
      attempts int not null default 0,
      next_attempt_at timestamptz,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      check (captured_minor >= refunded_minor)
    )`);
    this.addSql(`create index payments_due on payments (next_attempt_at) where next_attempt_at is not null`);
    this.addSql(`create index payments_by_user on payments (user_id, id desc)`);
    this.addSql(`create table refunds (
      id uuid primary key,
      payment_id uuid not null references payments (id),
      amount_minor int not null check (amount_minor > 0),
      reason text not null,
      status text not null,
      created_at timestamptz not null default now()
    )`);
    this.addSql(`create index refunds_by_payment on refunds (payment_id)`);
  }
}

/** A refund that is asked for once more under its key is the same refund. */
export class Migration20261121RefundKeys extends Migration {
  override name = '20261121_refund_keys';

  override up(): void {
    this.addSql(`alter table refunds add column idempotency_key text`);
    this.addSql(`create unique index refunds_by_key on refunds (payment_id, idempotency_key)`);
  }
}

/** The ids of the request that a payment is for: its worker goes on under them. */
export class Migration20261122Origins extends Migration {
  override name = '20261122_origins';

  override up(): void {
    this.addSql(`alter table payments add column origin jsonb`);
  }
}
