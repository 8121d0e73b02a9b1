/** The outbox and inbox tables; a service's first migration adds them beside its own. */
export const messagingTables = [
  `create table outbox (
     seq bigint generated always as identity primary key,
     id uuid not null unique,
     subject text not null,
     message jsonb not null,
     created_at timestamptz not null default now()
   )`,
  `create table inbox (
     message_id uuid primary key,
     accepted_at timestamptz not null default now()
   )`,
  `create index inbox_accepted_at on inbox (accepted_at)`,
] as const;
