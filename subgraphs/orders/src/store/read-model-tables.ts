/** Where read models stand: the live ones, or those of a rebuild beside them, in a schema of their own. */
export type ReadModelSchema = '' | 'rebuild.';

/** As the first migration made them: never edited. */
export const firstReadModels = (schema: ReadModelSchema): string[] => [
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

/** Who brought each event about, and in which trace. Rows that are there already are filled in between the two. */
export const timelineCauses = (schema: ReadModelSchema): string[] => [
  `alter table ${schema}order_timeline
     add column service text, add column correlation_id text, add column trace_id text`,
];
export const timelineCausesFilled = (schema: ReadModelSchema): string[] => [
  `alter table ${schema}order_timeline
     alter column service set not null, alter column correlation_id set not null`,
];

/** What the last minutes are counted by: orders when they were placed, and how and when they came out. */
export const countedTimes = (schema: ReadModelSchema): string[] => [
  `create index on ${schema}order_views (placed_at)`,
  `create index on ${schema}order_timeline (at) where name in
     ('OrderReady', 'OrderCancelled', 'StockRejected', 'PaymentDeclined', 'CookingFailed', 'OrderExpired')`,
];

/** The tables as all migrations together leave them. */
export const readModelTables = (schema: ReadModelSchema): string[] =>
  [firstReadModels, timelineCauses, timelineCausesFilled, countedTimes].flatMap((tables) => tables(schema));
