import { Migration } from '@mikro-orm/migrations';

/** Released migrations are never edited; add the next one below. */
export class Migration20261121DeadLetters extends Migration {
  override name = '20261121_dead_letters';

  override up(): void {
    for (const statement of deadLetterStatements) this.addSql(statement);
  }
}

/** The dining room in one row, and the accounts of its guests. */
export class Migration20261121DiningRoom extends Migration {
  override name = '20261121_dining_room';

  override up(): void {
    for (const statement of diningRoomStatements) this.addSql(statement);
  }
}

const deadLetterStatements = [
  `create table dead_letters (
     id uuid primary key,
     consumer text not null,
     queue text not null,
     message_id text not null,
     message_name text not null,
     subject text,
     body jsonb,
     raw_body text,
     content_type text,
     reason text not null,
     stack text,
     attempts int not null,
     first_failed_at timestamptz,
     last_failed_at timestamptz,
     deaths int not null,
     status text not null check (status in ('WAITING', 'REDRIVING', 'REDRIVEN', 'DISCARDED')),
     unique (consumer, message_id),
     check ((body is null) <> (raw_body is null))
   )`,
  `create index on dead_letters (status, id desc)`,
  `create index on dead_letters (consumer, status, id desc)`,
  `create table dead_letter_actions (
     seq bigint generated always as identity primary key,
     letter_id uuid not null references dead_letters,
     kind text not null,
     who text not null,
     at timestamptz not null default clock_timestamp(),
     why text not null,
     failed_at timestamptz,
     before jsonb,
     after jsonb
   )`,
  `create index on dead_letter_actions (letter_id, seq)`,
  // An audit that its own service could rewrite would prove nothing.
  `create function refuse_change() returns trigger language plpgsql as $$
   begin
     raise exception 'dead_letter_actions is append-only';
   end $$`,
  `create trigger append_only before update or delete or truncate on dead_letter_actions
   for each statement execute function refuse_change()`,
];

const diningRoomStatements = [
  `create table dining_room (
     id boolean primary key default true check (id),
     open boolean not null default false,
     orders_per_minute int not null default 12 check (orders_per_minute between 1 and 240),
     seed int not null default 1,
     orders_placed int not null default 0,
     orders_refused int not null default 0,
     opened_at timestamptz,
     run uuid not null default gen_random_uuid(),
     step int not null default 0,
     held_by text,
     held_until timestamptz
   )`,
  `insert into dining_room default values`,
  `create table dining_guests (
     seat int primary key,
     email text not null unique,
     password text not null,
     registered boolean not null default false
   )`,
];
