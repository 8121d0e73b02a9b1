import { Migration } from '@mikro-orm/migrations';
import { messagingTables } from '@brigade/service-kit';

/** Released migrations are never edited; add the next one below. */
export class Migration20261121Initial extends Migration {
  override name = '20261121_initial';

  override up(): void {
    for (const statement of messagingTables) this.addSql(statement);
    this.addSql(`create table ingredients (
      id uuid primary key,
      name text not null unique,
      unit text not null,
      on_hand bigint not null check (on_hand >= 0),
      reserved bigint not null default 0 check (reserved >= 0),
      consumed bigint not null default 0 check (consumed >= 0),
      low_threshold bigint not null,
      low_told boolean not null default false,
      version int not null default 1
    )`);
    this.addSql(`create table reservations (
      order_id uuid primary key,
      status text not null,
      needs jsonb not null,
      expires_at timestamptz,
      created_at timestamptz not null default now()
    )`);
    this.addSql(`create index reservations_expiry on reservations (expires_at) where status = 'HELD'`);
    this.addSql(`create table recipe_replicas (
      dish_id uuid primary key,
      revision int not null,
      ingredients jsonb not null
    )`);
  }
}
