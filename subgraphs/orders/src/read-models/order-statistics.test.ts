import { expect, test } from '@jest/globals';
import { statisticsOf } from './order-statistics.ts';

const minute = (n: number) => Date.UTC(2026, 0, 1, 12, n);
const none = { ready: 0, failed: 0, cancelled: 0, revenue: 0, cooked: 0, cookingSeconds: 0 };

test('every minute has its numbers, the present one last, and the totals are their sums', () => {
  const statistics = statisticsOf(
    {
      until: minute(4) + 30_000,
      open: [{ status: 'READY', count: 2 }],
      placed: [
        { minute: minute(2), count: 3 },
        { minute: minute(4), count: 1 },
      ],
      outcomes: [
        { ...none, minute: minute(3), ready: 2, revenue: 4_600, cooked: 2, cookingSeconds: 90 },
        { ...none, minute: minute(4), ready: 1, failed: 2, cancelled: 1, revenue: 1_150 },
      ],
    },
    3,
  );
  expect(statistics).toMatchObject({
    from: new Date(minute(2)),
    to: new Date(minute(4) + 30_000),
    placed: 4,
    ready: 3,
    failed: 2,
    cancelled: 1,
    revenueMinor: 5_750,
    averageCookingSeconds: 45,
  });
  expect(statistics.perMinute).toEqual([
    { at: new Date(minute(2)), placed: 3, ready: 0, failed: 0 },
    { at: new Date(minute(3)), placed: 0, ready: 2, failed: 0 },
    { at: new Date(minute(4)), placed: 1, ready: 1, failed: 2 },
  ]);
  expect(statistics.openByStatus).toEqual(
    ['PLACED', 'CONFIRMED', 'PAID', 'COOKING', 'READY'].map((status) => ({
      status,
      count: status === 'READY' ? 2 : 0,
    })),
  );
});

test('without a cooked order there is no average, and what money can not say is the most that it can', () => {
  const outcomes = [{ ...none, minute: minute(0), ready: 1, revenue: 3e9 }];
  const statistics = statisticsOf({ until: minute(0), open: [], placed: [], outcomes }, 1);
  expect(statistics).toMatchObject({ averageCookingSeconds: null, revenueMinor: 2_147_483_647 });
});
