import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../../../../subgraphs/service-kit/tests/test-runtime.ts';
import { expectAccessible } from '../../src/browser/accessibility.ts';
import { enter, signIn, turnTo } from '../../src/browser/admin.ts';
import { Chrome, WITH_3D, screenshot } from '../../src/browser/chrome.ts';
import { coloursOf } from '../../src/browser/picture.ts';
import { Guest } from '../../src/guest.ts';
import { Restaurant } from '../../src/restaurant.ts';

interface Paid {
  order: { payment: { refunded: { amountMinor: number } } | null };
}
const PAID = 'query Paid($id: ID!) { order(id: $id) { payment { refunded { amountMinor } } } }';
const MANAGER = 'manager@brigade.test';
const STAFF = 'staff@brigade.test';

describe('the admin in a browser', () => {
  let restaurant: Restaurant;
  let chrome: Chrome;
  let guest: Guest;
  let dishId: string;

  beforeAll(async () => {
    restaurant = await Restaurant.open({ TELEMETRY_INTERVAL_MS: '250' });
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

  const order = () => guest.order([{ dishId, quantity: 2 }]);
  const readyOrder = async () => {
    const id = await order();
    await guest.until(id, 'READY');
    return id;
  };
  const row = (page: Page, id: string, status = '') =>
    page.locator(`[data-order="${id}"]${status && `[data-status="${status}"]`}`);

  test('the door: a wrong password and guests stay outside, staff come in and go out again', async () => {
    const page = await chrome.page();
    await signIn(page, STAFF, '/admin/', 'not the password');
    await page
      .getByRole('alert')
      .filter({ hasText: /password/i })
      .waitFor();
    await signIn(page, 'guest@brigade.test');
    await page.getByText('This is the staff entrance').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-sign-in');
    await enter(page, STAFF);
    await page.getByText('STAFF', { exact: false }).waitFor();
    const kept = await page.evaluate<string>('localStorage.getItem("brigade-admin-session")');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate('localStorage.getItem("brigade-admin-session")')).toBeNull();
    const { refreshToken } = JSON.parse(kept) as { refreshToken: string };
    const renew = 'mutation($refreshToken: String!) { refresh(refreshToken: $refreshToken) { accessToken } }';
    await eventually(async () => {
      const { errors } = await Guest.nobody(restaurant).ask(renew, { refreshToken });
      return errors[0]?.extensions.code === 'UNAUTHENTICATED';
    });
    await page.reload();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });

  test('staff look, managers also break things and let demo guests in', async () => {
    const page = await chrome.page();
    await enter(page, STAFF, '/admin/kitchen?view=2d');
    expect(await page.getByRole('switch', { name: 'Demo guests' }).isDisabled()).toBe(true);
    await page.getByRole('list', { name: 'Stations' }).getByRole('button').first().click();
    await page.getByRole('heading', { name: 'On it now' }).waitFor();
    expect(await page.getByRole('switch', { name: 'no power' }).count()).toBe(0);

    const other = await chrome.page();
    await enter(other, MANAGER, '/admin/kitchen?view=2d');
    await other.getByRole('list', { name: 'Stations' }).getByRole('button').first().click();
    await other.getByRole('switch', { name: 'no power' }).waitFor();
    await other.getByRole('switch', { name: 'Demo guests' }).click();
    const isOpen = async () =>
      (await (await Guest.login(restaurant, MANAGER)).ask<{ diningRoom: { open: boolean } }>('{ diningRoom { open } }'))
        .data?.diningRoom.open;
    await eventually(isOpen);
    await turnTo(other, 'Overview');
    await other.locator('[data-order]').first().waitFor();
    await other.getByRole('switch', { name: 'Demo guests' }).click();
    await eventually(async () => !(await isOpen()));
  });

  test('the overview: an order comes to the top and moves through its states by itself', async () => {
    const page = await chrome.page();
    await enter(page, STAFF);
    const figure = page.getByText('Orders a minute').locator('..');
    await figure.waitFor();
    const id = await order();
    await row(page, id).waitFor();
    await row(page, id, 'READY').waitFor();
    await page
      .getByText(/[1-9]\d* orders? in the last hour/)
      .or(page.getByRole('img', { name: /[1-9]\d* order/ }))
      .first()
      .waitFor();
    await eventually(async () => /[1-9]/.test(await page.getByText('Revenue, last hour').locator('..').innerText()));
    await expectAccessible(page);
    await screenshot(page, 'admin-overview');
  });

  test('the table of orders: filters and search stand in its address', async () => {
    const id = await readyOrder();
    const page = await chrome.page();
    await enter(page, STAFF, '/admin/orders');
    await row(page, id).waitFor();
    await page.getByRole('button', { name: 'cancelled' }).click();
    await row(page, id).waitFor({ state: 'detached' });
    expect(page.url()).toContain('status=CANCELLED');
    await page.getByRole('button', { name: 'cancelled' }).click();
    await page.getByRole('button', { name: 'ready' }).click();
    await row(page, id).waitFor();
    await eventually(async () => (await page.locator('[data-order]:not([data-status="READY"])').count()) === 0);
    await page.getByRole('searchbox', { name: 'Search' }).fill(id);
    await eventually(async () => (await page.locator('[data-order]').count()) === 1);
    await page.reload();
    await row(page, id).waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('nobody ordered this');
    await page.getByText('No order matches.').waitFor();
    await page.goto('/admin/orders');
    await row(page, id).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-orders');
  });

  test('an order: its saga, a refund, and handing it over', async () => {
    const id = await readyOrder();
    const page = await chrome.page();
    await enter(page, MANAGER, `/admin/orders/${id}`);
    const saga = page.getByRole('list', { name: 'Saga' }).getByRole('listitem');
    await saga.filter({ hasText: 'OrderReady' }).waitFor();
    const events = await saga.evaluateAll((items) => items.map((item) => item.getAttribute('data-event')));
    expect(events).toEqual(['OrderPlaced', 'StockReserved', 'PaymentCaptured', 'CookingStarted', 'OrderReady']);
    for (const service of ['orders', 'inventory', 'payments', 'kitchen'])
      await saga.getByText(service, { exact: true }).first().waitFor();
    expect(await saga.filter({ hasText: /correlation [\w-]{8,}/ }).count()).toBe(events.length);
    expect(await saga.filter({ hasText: /\d\d:\d\d:\d\d\.\d{3}/ }).count()).toBe(events.length);
    await expectAccessible(page);
    await screenshot(page, 'admin-order');

    await page.getByRole('button', { name: 'Refund' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Amount').fill('1.50');
    await dialog.getByLabel('Reason').fill('cold');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Refund' }).click();
    await dialog.waitFor({ state: 'detached' });
    const manager = await Guest.login(restaurant, MANAGER);
    await eventually(
      async () => (await manager.ask<Paid>(PAID, { id })).data?.order.payment?.refunded.amountMinor === 150,
    );
    await page.getByText(/refunded \D*1\.50/).waitFor();

    await page.getByRole('button', { name: 'Hand over' }).click();
    await dialog.getByRole('button', { name: 'Back' }).click();
    expect((await guest.readOrder(id)).data?.order.status).toBe('READY');
    await page.getByRole('button', { name: 'Hand over' }).click();
    await dialog.getByRole('button', { name: 'Hand over' }).click();
    await saga.filter({ hasText: 'OrderCompleted' }).waitFor();
    await guest.until(id, 'COMPLETED');
  });

  test('an order is cancelled, with its reason, and the money goes back', async () => {
    // Nothing is cooked meanwhile, so that it can still be called off.
    restaurant.signal('device', 'SIGSTOP');
    const id = await order();
    await guest.until(id, ({ payment }) => payment?.status === 'CAPTURED');
    const page = await chrome.page();
    await enter(page, STAFF, `/admin/orders/${id}`);
    await page.getByRole('button', { name: 'Cancel order' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('the guest went home');
    await dialog.getByRole('button', { name: 'Cancel order' }).click();
    await dialog.waitFor({ state: 'detached' });
    restaurant.signal('device', 'SIGCONT');
    await page.getByRole('listitem').filter({ hasText: 'OrderCancelled' }).waitFor();
    await page.getByText('Reason: the guest went home').waitFor();
    await guest.until(id, ({ status, payment }) => status === 'CANCELLED' && payment?.status === 'REFUNDED');
    await page.getByText(/^REFUNDED: /).waitFor();
  });

  test('in German, and in the dark', async () => {
    const page = await chrome.page();
    await enter(page, STAFF);
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { level: 1, name: 'Übersicht' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Übersicht' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await page.getByRole('combobox', { name: 'Farben' }).click();
    await page.getByRole('option', { name: 'Dunkel' }).click();
    await eventually(async () => (await background()) !== light);
    await expectAccessible(page);
    await screenshot(page, 'admin-overview-german-dark');
  });

  test('every page in the dark breaks no rule of accessibility', async () => {
    const id = await order();
    const page = await chrome.page({ colours: 'dark' });
    await signIn(page, 'nobody@brigade.test');
    await page.getByRole('alert').waitFor();
    await expectAccessible(page);
    await enter(page, MANAGER);
    for (const path of ['', 'orders', `orders/${id}`, 'system', 'explorer']) {
      await page.goto(`/admin/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expectAccessible(page);
      await screenshot(
        page,
        `admin-dark-${path.split('/').slice(0, 1).join('') || 'overview'}${path.includes('/') ? '-one' : ''}`,
      );
    }
  });

  test('the explorer is signed in as who looks at it', async () => {
    const page = await chrome.page();
    await enter(page, STAFF, '/admin/explorer');
    const graphiql = page.frameLocator('iframe[title="Explorer"]');
    const editor = graphiql
      .getByRole('region', { name: /query editor/i })
      .or(graphiql.locator('.graphiql-editor'))
      .first();
    await editor.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('{ orderStatistics(minutes: 5) { ready } }');
    await page.keyboard.press('Control+Enter');
    await graphiql.getByText('"ready"').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-explorer');
  });

  test('the map of the system: what runs, what goes between, in two and three dimensions', async () => {
    const page = await chrome.page();
    await enter(page, STAFF, '/admin/system');
    for (const node of ['router', 'orders', 'kitchen', 'rabbitmq', 'postgres', 'kitchen-device'])
      await page.locator(`[data-node="${node}"][data-health="UP"]`).waitFor();
    await order();
    // Ways on which something goes are drawn stronger.
    await eventually(async () => (await page.locator('line[stroke-opacity="0.55"]').count()) > 3);
    await eventually(async () => (await page.locator('circle[r="3"]').count()) > 0);
    await page
      .getByRole('button', { name: /^router/ })
      .first()
      .click();
    await page.getByRole('region', { name: 'router' }).getByText('95th percentile').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-system');
    await Chrome.with(
      restaurant.address('router'),
      async (drawing) => {
        const page3d = await drawing.page();
        await enter(page3d, STAFF, '/admin/system');
        await page3d.getByRole('button', { name: '3D' }).click();
        const canvas = page3d.locator('canvas');
        await canvas.waitFor();
        await eventually(async () => {
          const { count, most } = await coloursOf(canvas);
          return count > 100 && most < 0.98;
        }, 60_000);
        await expectAccessible(page3d);
        await screenshot(page3d, 'admin-system-3d');
      },
      WITH_3D,
    );
  });
});

describe('tokens that live for less than a minute', () => {
  let restaurant: Restaurant;
  let chrome: Chrome;

  beforeAll(async () => {
    // They are renewed half a minute before they end.
    restaurant = await Restaurant.open({ ACCESS_TOKEN_SECONDS: '36' });
    chrome = await Chrome.open(restaurant.address('router'));
  });
  afterEach(() => chrome.finish());
  afterAll(async () => {
    await chrome.close();
    await restaurant.close();
  });

  test('two tabs of one session stay in while their tokens are renewed, and hear of new orders', async () => {
    const one = await chrome.page();
    await enter(one, STAFF);
    const other = await one.context().newPage();
    await other.goto('/admin/orders');
    await other.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    const tokens = new Set<string>();
    await eventually(async () => {
      tokens.add(await one.evaluate<string>('JSON.parse(localStorage.getItem("brigade-admin-session")).refreshToken'));
      return tokens.size > 4;
    }, 120_000);
    const guest = await Guest.register(restaurant);
    const [dish] = await guest.menu();
    const id = await guest.order([{ dishId: dish?.id ?? '', quantity: 1 }]);
    for (const page of [one, other]) await page.locator(`[data-order="${id}"]`).waitFor();
  });
});
