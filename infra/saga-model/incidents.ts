import type { Happening } from './happenings.ts';
import type { Restaurant } from './restaurant.ts';

/** What time brings about, at whatever moment: deadlines. Each of them must find something in which it can't go wrong. */
export function timers(of: Restaurant): Happening[] {
  const { orders, inventory, kitchen, devices } = of;
  const online = () => devices.filter(({ id }) => !kitchen.offline.has(id));
  const silent = () => devices.filter(({ id, up }) => up && kitchen.offline.has(id));
  return [
    {
      name: 'order deadline',
      weight: 1,
      count: () => orders.open().length,
      happen: (n) => orders.expire(orders.open()[n] ?? ''),
    },
    {
      name: 'reservation expiry',
      weight: 1,
      count: () => inventory.expiring().length,
      happen: (n) => inventory.expire(inventory.expiring()[n] ?? ''),
    },
    {
      name: 'device counts as down',
      weight: 1,
      count: () => online().length,
      happen: (n) => kitchen.takeDown(online()[n] as never),
    },
    {
      name: 'job given up',
      weight: 2,
      count: () => abandoned(of).length,
      happen: (n) => kitchen.giveUp(abandoned(of)[n] ?? ''),
    },
    { name: 'device reports', weight: 2, count: () => silent().length, happen: (n) => silent()[n]?.report() },
    {
      name: 'no station left',
      weight: 1,
      count: () => stranded(of).length,
      happen: (n) => kitchen.fail(stranded(of)[n] ?? ''),
    },
  ];
}

/** What people do, and what breaks. */
export function incidents(of: Restaurant): Happening[] {
  const { orders, payments, provider, devices } = of;
  const unplaced = () => of.orderIds.filter((id) => !orders.streams.has(id));
  const placed = () => [...orders.streams.keys()];
  const refundable = () =>
    [...payments.rows.values()].filter((row) => row.status === 'CAPTURED' && payments.left(row) > 0);
  const down = () => devices.filter(({ up }) => !up);
  return [
    { name: 'guest orders', weight: 6, count: () => unplaced().length, happen: (n) => of.place(unplaced()[n] ?? '') },
    {
      name: 'guest cancels',
      weight: 1,
      count: () => placed().length,
      happen: (n) => void orders.cancel(placed()[n] ?? '', of.guest),
    },
    {
      name: 'staff completes',
      weight: 1,
      count: () => placed().length,
      happen: (n) => void orders.complete(placed()[n] ?? ''),
    },
    {
      name: 'manager refunds',
      weight: 1,
      count: () => refundable().length,
      happen(n, luck) {
        const row = refundable()[n];
        if (row) payments.refund(row, luck < 4 ? payments.left(row) : Math.ceil(payments.left(row) / 2));
      },
    },
    { name: 'outage', weight: 1, count: () => 1, happen: () => void (provider.outage = !provider.outage) },
    {
      name: 'power cut',
      weight: 2,
      count: () => devices.length,
      happen(n, luck) {
        devices[n]?.die();
        if (luck < 10) devices[n]?.restart();
      },
    },
    { name: 'power back', weight: 4, count: () => down().length, happen: (n) => down()[n]?.restart() },
  ];
}

/**
 * Jobs that a device was told to stop and that it will not do: it has no power, or neither cooks nor knows them. The
 * kitchen gives a job up only after the answer's deadline, when every command about it has expired (README there), and
 * only while it hears: then the device would have said so by now.
 */
function abandoned({ kitchen, devices }: Restaurant): string[] {
  return [...kitchen.commands.values()].flatMap(({ type, sent, jobId, deviceId }) => {
    const device = devices.find(({ id }) => id === deviceId);
    if (type !== 'STOP_JOB' || !sent || !device) return [];
    const mayCook = device.cooking.has(jobId) || device.commands.some((command) => command.jobId === jobId);
    return (device.up && mayCook) || device.events.length > 0 ? [] : [jobId];
  });
}

/** Orders of which a step waits for a kind of station of which none works. */
function stranded({ kitchen, devices }: Restaurant): string[] {
  const works = new Set(devices.filter(({ id }) => !kitchen.offline.has(id)).map(({ kind }) => kind as string));
  return kitchen.queued().flatMap(({ orderId, kind }) => (works.has(kind) ? [] : [orderId]));
}
