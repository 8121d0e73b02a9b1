import { Migration } from '@mikro-orm/migrations';
import { messagingTables } from '@brigade/service-kit';

/** Released migrations are never edited; add the next one below. */
export class Migration20261121Initial extends Migration {
  override name = '20261121_initial';

  override up(): void {
    for (const statement of messagingTables) this.addSql(statement);
    this.addSql(`create table recipe_replicas (
      dish_id uuid primary key,
      revision int not null,
      steps jsonb not null
    )`);
    // The lock of an order: whoever changes a ticket holds this row.
    this.addSql(`create table kitchen_orders (
      order_id uuid primary key,
      customer_id uuid,
      status text not null default 'WAITING',
      captured boolean not null default false
    )`);
    this.addSql(`create table tickets (
      id uuid primary key,
      order_id uuid not null references kitchen_orders,
      position int not null,
      dish_id uuid not null,
      name text not null,
      quantity int not null,
      status text not null,
      steps jsonb not null,
      step int not null,
      attempts int not null,
      station_kind text,
      device_id text,
      job_id uuid,
      avoid text,
      reason text,
      queued_at timestamptz,
      started_at timestamptz,
      ready_at timestamptz
    )`);
    this.addSql(`create index on tickets (order_id)`);
    this.addSql(`create index on tickets (station_kind, queued_at, id) where status = 'QUEUED'`);
    this.addSql(`create index on tickets (status, id)`);
    this.addSql(`create table devices (
      id text primary key,
      kind text not null,
      slots int not null,
      boot_id uuid not null,
      status text not null,
      faults jsonb not null,
      status_changed_at timestamptz not null default now()
    )`);
    // A row for as long as the job takes a slot. boot_id: of the device that accepted it.
    this.addSql(`create table jobs (
      job_id uuid primary key,
      order_id uuid not null,
      ticket_id uuid not null,
      device_id text not null,
      boot_id uuid
    )`);
    this.addSql(`create index on jobs (device_id)`);
    this.addSql(`create index on jobs (order_id)`);
    // What devices were told and have not answered.
    this.addSql(`create table device_commands (
      command_id uuid primary key,
      seq bigint generated always as identity,
      device_id text not null,
      job_id uuid,
      type text not null,
      body jsonb not null,
      tries int not null default 0,
      next_send_at timestamptz not null default now()
    )`);
    this.addSql(`create index on device_commands (next_send_at)`);
  }
}

/** The ids of the request that an order came with: what devices bring about later is told under them. */
export class Migration20261122Origins extends Migration {
  override name = '20261122_origins';

  override up(): void {
    this.addSql(`alter table kitchen_orders add column origin jsonb`);
  }
}
