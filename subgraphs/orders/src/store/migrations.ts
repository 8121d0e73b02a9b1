import { Migration } from '@mikro-orm/migrations';
import { eventStoreTables, messagingTables } from '@brigade/service-kit';

/** Released migrations are never edited; add the next one below. */
export class Migration20261121Initial extends Migration {
  override name = '20261121_initial';

  override up(): void {
    for (const statement of [...messagingTables, ...eventStoreTables, ...readModelTables('')]) this.addSql(statement);
    this.addSql(`create table dish_replicas (
      dish_id uuid primary key,
      revision int not null,
      name text not null,
      price_minor int not null,
      currency text not null,
      available boolean not null
    )`);
    this.addSql(`create table idempotency_keys (
      customer_id uuid not null,
      key text not null,
      fingerprint text not null,
      order_id uuid not null,
      created_at timestamptz not null default now(),
      primary key (customer_id, key)
    )`);
  }
}

/** The read models' tables; a rebuild makes them once more in a schema of its own (`rebuild.`), beside the live ones. */
export const readModelTables = (schema: '' | 'rebuild.'): string[] => [
  `create table ${schema}order_views (
     id uuid primary key,
     version int not null,
     customer_id uuid not null,
     status text not null,
     reason text,
     lines jsonb not null,
     total_minor int not null,
     currency text not null,
     delivery_address jsonb not null,
     payment_method_id uuid not null,
     placed_at timestamptz not null,
     updated_at timestamptz not null,
     deadline_at timestamptz
   )`,
  `create index on ${schema}order_views (customer_id, id desc)`,
  `create index on ${schema}order_views (status, id desc)`,
  `create index on ${schema}order_views (deadline_at) where deadline_at is not null`,
  `create table ${schema}order_timeline (
     order_id uuid not null,
     version int not null,
     name text not null,
     status text not null,
     detail text,
     at timestamptz not null,
     primary key (order_id, version)
   )`,
];
