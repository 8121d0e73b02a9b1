import type { EntityManager, PostgresOrm } from '@brigade/service-kit';
import { openStatuses, type OpenStatus } from '../order/order.ts';

/** Money in the API is a 32-bit number of cents. */
const MOST_MINOR = 2_147_483_647;
const MINUTE_MS = 60_000;

/** Times are milliseconds since 1970. */
export interface StatisticsRows {
  readonly until: number;
  readonly open: readonly { status: string; count: number }[];
  readonly placed: readonly { minute: number; count: number }[];
  readonly outcomes: readonly Outcomes[];
}

interface Outcomes {
  readonly minute: number;
  readonly ready: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly revenue: number;
  /** Orders of which the cooking time is known, and its sum. */
  readonly cooked: number;
  readonly cookingSeconds: number;
}

export interface Statistics {
  readonly from: Date;
  readonly to: Date;
  readonly openByStatus: { status: OpenStatus; count: number }[];
  readonly placed: number;
  readonly ready: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly revenueMinor: number;
  readonly averageCookingSeconds: number | null;
  readonly perMinute: { at: Date; placed: number; ready: number; failed: number }[];
}

/** How orders went in so many minutes by the clock, the present one being the last. */
export async function readStatistics(orm: PostgresOrm, minutes: number): Promise<Statistics> {
  const em = orm.em.fork();
  const [now] = await em.execute<{ until: string }[]>('select extract(epoch from now()) * 1000 as until');
  const until = Math.ceil(Number(now?.until));
  const since = firstMinute(until, minutes);
  const [open, placed, outcomes] = await Promise.all([
    readOpen(orm.em.fork()),
    readPlaced(orm.em.fork(), since, until),
    readOutcomes(orm.em.fork(), since, until),
  ]);
  return statisticsOf({ until, open, placed, outcomes }, minutes);
}

const firstMinute = (until: number, minutes: number): number =>
  Math.floor(until / MINUTE_MS) * MINUTE_MS - (minutes - 1) * MINUTE_MS;

/** Every minute and every open status has its number, also where it is 0. */
export function statisticsOf({ until, open, placed, outcomes }: StatisticsRows, minutes: number): Statistics {
  const since = firstMinute(until, minutes);
  const openOf = new Map(open.map(({ status, count }) => [status, count]));
  const placedIn = new Map(placed.map(({ minute, count }) => [minute, count]));
  const outcomesIn = new Map(outcomes.map((row) => [row.minute, row]));
  const perMinute = Array.from({ length: minutes }, (_none, index) => {
    const minute = since + index * MINUTE_MS;
    const { ready = 0, failed = 0 } = outcomesIn.get(minute) ?? {};
    return { at: new Date(minute), placed: placedIn.get(minute) ?? 0, ready, failed };
  });
  const sum = (pick: (row: Outcomes) => number) => outcomes.reduce((total, row) => total + pick(row), 0);
  const cooked = sum((row) => row.cooked);
  return {
    from: new Date(since),
    to: new Date(until),
    openByStatus: openStatuses.map((status) => ({ status, count: openOf.get(status) ?? 0 })),
    placed: placed.reduce((total, { count }) => total + count, 0),
    ready: sum((row) => row.ready),
    failed: sum((row) => row.failed),
    cancelled: sum((row) => row.cancelled),
    revenueMinor: Math.min(
      sum((row) => row.revenue),
      MOST_MINOR,
    ),
    averageCookingSeconds: cooked > 0 ? sum((row) => row.cookingSeconds) / cooked : null,
    perMinute,
  };
}

const readOpen = (em: EntityManager) =>
  em.execute<{ status: string; count: number }[]>(
    `select status, count(*)::int as count from order_views
     where status in (${openStatuses.map((status) => `'${status}'`).join(', ')}) group by status`,
  );

const minuteOf = (column: string) => `extract(epoch from date_trunc('minute', ${column}))::float8 * 1000 as minute`;
const between = (column: string) =>
  `${column} >= to_timestamp(?::float8 / 1000) and ${column} <= to_timestamp(?::float8 / 1000)`;

const readPlaced = (em: EntityManager, since: number, until: number) =>
  em.execute<{ minute: number; count: number }[]>(
    `select ${minuteOf('placed_at')}, count(*)::int as count from order_views
     where ${between('placed_at')} group by 1`,
    [since, until],
  );

/** Each of these events happens to an order once: what comes after the end of an order is noted under other names. */
const readOutcomes = (em: EntityManager, since: number, until: number) =>
  em.execute<Outcomes[]>(
    `select ${minuteOf('t.at')},
       (count(*) filter (where t.name = 'OrderReady'))::int as ready,
       (count(*) filter (where t.name not in ('OrderReady', 'OrderCancelled')))::int as failed,
       (count(*) filter (where t.name = 'OrderCancelled'))::int as cancelled,
       coalesce(sum(v.total_minor), 0)::float8 as revenue,
       count(c.at)::int as cooked,
       coalesce(sum(extract(epoch from t.at - c.at)), 0)::float8 as "cookingSeconds"
     from order_timeline t
     left join order_views v on t.name = 'OrderReady' and v.id = t.order_id
     left join order_timeline c
       on t.name = 'OrderReady' and c.order_id = t.order_id and c.name = 'CookingStarted' and c.at <= t.at
     where t.name in
       ('OrderReady', 'OrderCancelled', 'StockRejected', 'PaymentDeclined', 'CookingFailed', 'OrderExpired')
       and ${between('t.at')} group by 1`,
    [since, until],
  );
