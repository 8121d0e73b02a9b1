import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { enter } from '../../src/browser/admin.ts';
import { Chrome, WITH_3D, screenshot } from '../../src/browser/chrome.ts';
import { sceneUntil } from '../../src/browser/kitchen.ts';
import { Guest } from '../../src/guest.ts';
import { Restaurant, type ProcessName } from '../../src/restaurant.ts';

const STAFF = 'staff@brigade.test';

describe('pages that stay open while something is down', () => {
  let restaurant: Restaurant;
  let chrome: Chrome;
  let guest: Guest;
  let dishId: string;

  beforeAll(async () => {
    restaurant = await Restaurant.open({ TELEMETRY_INTERVAL_MS: '250' }, { split: true });
    chrome = await Chrome.open(restaurant.address('router'));
    guest = await Guest.register(restaurant);
    dishId = (await guest.menu()).find(({ availablePortions }) => (availablePortions ?? 0) > 100)?.id ?? '';
  });
  afterEach(async () => {
    restaurant.signal('device', 'SIGCONT');
    await chrome.finish();
  });
  afterAll(async () => {
    await chrome.close();
    await restaurant.close();
  });

  const order = () => guest.order([{ dishId, quantity: 1 }]);
  /** Kills a process, and starts it again whatever is seen meanwhile. */
  const without = async (name: ProcessName, look: () => Promise<void>) => {
    await restaurant.stop(name, 'SIGKILL');
    try {
      await look();
    } finally {
      await restaurant.start(name);
    }
  };
  const in3D = (look: (page: Page) => Promise<void>) => () =>
    Chrome.with(restaurant.address('router'), async (drawing) => look(await drawing.page()), WITH_3D);
  const banner = (page: Page) => page.getByTestId('connection-banner').getByRole('alert');
  /** To see that nobody loads the page anew. */
  const mark = (page: Page) => page.evaluate('globalThis.marked = true');
  const isMarked = (page: Page) => page.evaluate('globalThis.marked === true');

  test('payments is killed: the order goes on in sight without its payment, which comes back by itself', async () => {
    // Nothing is cooked until the page has seen payments die.
    restaurant.signal('device', 'SIGSTOP');
    const id = await order();
    await guest.until(id, ({ payment }) => payment?.status === 'CAPTURED');
    const page = await chrome.page();
    await enter(page, STAFF, `/admin/orders/${id}`);
    await page.getByText(/^CAPTURED: /).waitFor();
    await mark(page);
    await without('payments', async () => {
      restaurant.signal('device', 'SIGCONT');
      await banner(page).filter({ hasText: 'missing for now: payment' }).waitFor();
      await page.getByRole('listitem').filter({ hasText: 'OrderReady' }).waitFor();
      await page.getByText('Not known at present.').waitFor();
      await screenshot(page, 'admin-order-without-payments');
    });
    await banner(page).waitFor({ state: 'detached' });
    await page.getByText(/^CAPTURED: /).waitFor();
    await page.getByRole('button', { name: 'Hand over' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click();
    await page.getByRole('listitem').filter({ hasText: 'OrderCompleted' }).waitFor();
    expect(await isMarked(page)).toBe(true);
  });

  test(
    'the kitchen is killed: the room stays, its devices are off, and come back by themselves',
    in3D(async (page) => {
      await enter(page, STAFF, '/admin/kitchen');
      const stations = page.getByRole('list', { name: 'Stations' }).getByRole('listitem');
      await sceneUntil(page, ({ frames }) => frames > 3);
      await stations.filter({ hasText: 'idle' }).first().waitFor();
      await mark(page);
      await without('kitchen', async () => {
        await stations.filter({ hasText: 'off' }).first().waitFor();
        await banner(page)
          .filter({ hasText: /missing for now: .*stations/ })
          .waitFor();
        const { frames } = await sceneUntil(page, () => true);
        await sceneUntil(page, (scene) => scene.frames > frames + 3);
        await screenshot(page, 'admin-kitchen-without-its-service');
      });
      await banner(page).waitFor({ state: 'detached' });
      await stations.filter({ hasText: 'off' }).first().waitFor({ state: 'detached' });
      const id = await order();
      await sceneUntil(page, ({ food }) => food > 0);
      await guest.until(id, 'READY');
      expect(await isMarked(page)).toBe(true);
    }),
  );

  test('the router is killed: a banner says so, and after its start the page catches up and goes on', async () => {
    chrome.faults.expect(
      /ERR_CONNECTION_REFUSED|WebSocket connection to|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|Failed to fetch/,
    );
    restaurant.signal('device', 'SIGSTOP');
    const id = await order();
    await guest.until(id, ({ payment }) => payment?.status === 'CAPTURED');
    const page = await chrome.page();
    await enter(page, STAFF);
    const row = (orderId: string) => page.locator(`[data-order="${orderId}"]`);
    await row(id).waitFor();
    await page.getByText('Revenue, last hour').waitFor();
    await mark(page);
    await without('router', async () => {
      await banner(page).filter({ hasText: 'interrupted' }).waitFor();
      await banner(page).filter({ hasText: 'can not be reached' }).waitFor();
      // What was known is still there.
      await row(id).waitFor();
      await page.getByText('Revenue, last hour').waitFor();
      await screenshot(page, 'admin-without-router');
      restaurant.signal('device', 'SIGCONT');
    });
    await banner(page).waitFor({ state: 'detached' });
    await guest.until(id, 'READY');
    await page.locator(`[data-order="${id}"][data-status="READY"]`).waitFor();
    const next = await order();
    await row(next).waitFor();
    await page.locator(`[data-order="${next}"][data-status="READY"]`).waitFor();
    expect(await isMarked(page)).toBe(true);
  });
});
