import { messagingTables } from '@brigade/service-kit';
import { Migration } from '@mikro-orm/migrations';

/** Released migrations are never edited; add the next one below. */
export class Migration20261121Initial extends Migration {
  override name = '20261121_initial';

  override up(): void {
    for (const statement of [...messagingTables, ...accountTables]) this.addSql(statement);
  }
}

/** Sessions that were ended are looked up by when, once a second. */
export class Migration20261121RevokedSessions extends Migration {
  override name = '20261121_revoked_sessions';

  override up(): void {
    this.addSql('create index on sessions (revoked_at) where revoked_at is not null');
  }
}

/** A session is a family of refresh tokens, each the successor of the one before. */
const accountTables = [
  `create table accounts (
     id uuid primary key,
     email text not null unique check (email = lower(btrim(email))),
     name text not null,
     password_hash text not null,
     roles jsonb not null check (jsonb_array_length(roles) > 0),
     created_at timestamptz not null
   )`,
  `create table sessions (
     id uuid primary key,
     account_id uuid not null references accounts on delete cascade,
     created_at timestamptz not null,
     expires_at timestamptz not null,
     revoked_at timestamptz
   )`,
  `create index on sessions (account_id)`,
  `create index on sessions (expires_at)`,
  `create table refresh_tokens (
     hash text primary key,
     session_id uuid not null references sessions on delete cascade,
     issued_at timestamptz not null,
     expires_at timestamptz not null,
     used_at timestamptz
   )`,
  `create index on refresh_tokens (session_id)`,
  // The newest token of a session is the only one that has not been used: two successors can't be.
  `create unique index on refresh_tokens (session_id) where used_at is null`,
] as const;
