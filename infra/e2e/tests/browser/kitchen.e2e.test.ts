import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../../../../subgraphs/service-kit/tests/test-runtime.ts';
import { expectAccessible } from '../../src/browser/accessibility.ts';
import { enter } from '../../src/browser/admin.ts';
import { Chrome, WITH_3D, screenshot } from '../../src/browser/chrome.ts';
import { brightness, readScene, sceneUntil } from '../../src/browser/kitchen.ts';
import { coloursOf } from '../../src/browser/picture.ts';
import { Guest } from '../../src/guest.ts';
import { Restaurant } from '../../src/restaurant.ts';

const MANAGER = 'manager@brigade.test';

describe('the kitchen in a browser', () => {
  let restaurant: Restaurant;
  let chrome: Chrome;
  let guest: Guest;
  let dishIds: string[];

  beforeAll(async () => {
    restaurant = await Restaurant.open({ TELEMETRY_INTERVAL_MS: '250', KITCHEN_CLOCK: '40' });
    chrome = await Chrome.open(restaurant.address('router'), WITH_3D);
    guest = await Guest.register(restaurant);
    dishIds = (await guest.menu())
      .filter(({ availablePortions }) => (availablePortions ?? 0) > 100)
      .map(({ id }) => id);
  });
  afterEach(() => chrome.finish());
  afterAll(async () => {
    await chrome.close();
    await restaurant.close();
  });

  /** All kinds of dishes, so that every kind of station has something to do. */
  const order = () => guest.order(dishIds.slice(0, 12).map((dishId) => ({ dishId, quantity: 1 })));
  const look = async (path = '/admin/kitchen') => {
    const page = await chrome.page();
    await enter(page, MANAGER, path);
    await page.getByRole('list', { name: 'Stations' }).waitFor();
    return page;
  };
  const open = async (page: Page, station: string) => {
    await page.getByRole('list', { name: 'Stations' }).getByRole('button', { name: station }).click();
    return page.getByRole('region', { name: station });
  };

  test('the room is drawn', async () => {
    const page = await look();
    const canvas = page.locator('canvas');
    await canvas.waitFor();
    await sceneUntil(page, ({ frames, glow }) => frames > 3 && glow['oven-1'] !== undefined);
    const { count, most } = await coloursOf(canvas);
    expect(count).toBeGreaterThan(300);
    expect(most).toBeLessThan(0.9);
    await expectAccessible(page);
    await screenshot(page, 'admin-kitchen');
  });

  test('tickets hang on the rail and food lies on the stations while an order is cooked, and is gone afterwards', async () => {
    // As a machine with a GPU draws it: this is the picture of the README.
    const page = await look('/admin/kitchen?quality=2');
    await sceneUntil(page, ({ frames, food }) => frames > 3 && food === 0);
    const id = await order();
    await sceneUntil(page, ({ tickets }) => tickets > 0);
    await sceneUntil(page, ({ food }) => food > 0);
    await page
      .getByText(/[1-9] of \d+ slots taken/)
      .first()
      .waitFor();
    await screenshot(page, 'admin-kitchen-cooking');
    await page.goto('/admin/kitchen');
    await guest.until(id, 'READY', 180_000);
    await sceneUntil(page, ({ food, tickets }) => food === 0 && tickets === 0);
  });

  test('an oven whose heater dies gets darker and raises an alarm; mended, it glows again', async () => {
    const page = await look();
    const hot = async () =>
      brightness((await sceneUntil(page, ({ glow }) => glow['oven-1'] !== undefined)).glow['oven-1']);
    const panel = await open(page, 'Oven 1');
    // What was baked before may have left it hotter than it is kept.
    await eventually(async () => {
      const [degrees = ''] = await panel.locator('[data-value]').allInnerTexts();
      return Number.parseInt(degrees, 10) < 230;
    }, 90_000);
    const before = await hot();
    const alarm = page.getByRole('alert').getByText('Oven 1: heater dead');
    expect(await alarm.count()).toBe(0);
    await panel.getByRole('switch', { name: 'heater dead' }).click();
    await alarm.waitFor();
    await page.getByRole('alert').getByRole('button', { name: 'Look' }).waitFor();
    await panel.locator('[data-state="FAULT"][data-lit="true"]').waitFor();
    await eventually(async () => (await hot()) < before * 0.7, 90_000);
    const cold = await hot();
    await expectAccessible(page);
    await screenshot(page, 'admin-kitchen-fault');
    await panel.getByRole('switch', { name: 'heater dead' }).click();
    await alarm.waitFor({ state: 'detached' });
    await panel.locator('[data-state="IDLE"][data-lit="true"]').waitFor();
    await eventually(async () => (await hot()) > cold * 1.25, 90_000);
  });

  test('a device from near: gauges that move, its temperature, its state machine, its ticket', async () => {
    const page = await look();
    const panel = await open(page, 'Oven 1');
    const values = new Set<string>();
    await eventually(async () => {
      values.add((await panel.locator('[data-value]').allInnerTexts()).join());
      return values.size > 3;
    }, 60_000);
    expect([...values].at(-1)).toMatch(/^\d{2,3} \/ \d{3} °C,[\d,]+ W,/);
    const line = panel
      .getByRole('img', { name: /^Temperature/ })
      .locator('path')
      .last();
    const drawn = await eventually(async () => {
      const path = (await line.getAttribute('d')) ?? '';
      return path.length > 40 ? path : undefined;
    });
    await eventually(async () => (await line.getAttribute('d')) !== drawn, 60_000);
    await panel.locator('[data-lit="true"]').waitFor();
    expect(await panel.locator('[data-lit="true"]').count()).toBe(1);

    await page.getByRole('button', { name: 'Close' }).click();
    const id = await order();
    // An oven has its food for longer than it takes to look.
    const busy = page
      .getByRole('list', { name: 'Stations' })
      .getByRole('button', { name: /^Oven \d [1-9] of/ })
      .first();
    await busy.click();
    await page.getByRole('region').getByRole('link', { name: 'Order' }).first().click();
    await page.getByRole('heading', { level: 1, name: id.slice(-12) }).waitFor();
    await guest.cancel(id);
  });

  test('time travel: back, standing still, ten times as fast, and live again', async () => {
    const page = await look();
    const travel = page.getByRole('region', { name: 'Time travel' });
    const clock = travel.getByText(/^\d{1,2}:\d\d:\d\d/);
    const ago = async () => Number(/\d+/.exec(await travel.getByText(/seconds? ago/).innerText())?.[0]);
    const slider = travel.getByRole('slider');
    await sceneUntil(page, ({ frames }) => frames > 3);
    await slider.focus();
    await eventually(async () => {
      await page.keyboard.press('ArrowLeft');
      return (await travel.getByText(/seconds? ago/).count()) > 0 && (await ago()) >= 12;
    }, 60_000);
    await travel.getByRole('button', { name: 'Pause' }).click();
    const stood = await clock.innerText();
    const first = await ago();
    await eventually(async () => (await ago()) >= first + 3);
    expect(await clock.innerText()).toBe(stood);
    // The scene goes on drawing what was.
    const { frames } = (await readScene(page)) ?? { frames: 0 };
    await sceneUntil(page, (scene) => scene.frames > frames + 3);
    await screenshot(page, 'admin-kitchen-time-travel');
    // Ten times as fast it catches up with the present, and goes on live by itself.
    await travel.getByRole('button', { name: '10×' }).click();
    await travel.getByText(/seconds? ago/).waitFor({ state: 'detached' });
    await slider.focus();
    await eventually(async () => {
      await page.keyboard.press('ArrowLeft');
      return (await travel.getByText(/seconds? ago/).count()) > 0;
    }, 60_000);
    await travel.getByRole('button', { name: 'Live' }).click();
    await travel.getByText(/seconds? ago/).waitFor({ state: 'detached' });
    const live = await clock.innerText();
    await eventually(async () => (await clock.innerText()) !== live);
  });

  test('the plan: the same kitchen from above, for the keyboard too', async () => {
    const page = await look('/admin/kitchen?view=2d');
    const plan = page.getByRole('group', { name: /The kitchen with \d+ stations/ });
    const oven = plan.getByRole('button', { name: /^Oven 1/ });
    await oven.getByText(/^2\d\d °C$/).waitFor();
    expect(await page.locator('canvas').count()).toBe(0);
    const id = await order();
    await eventually(async () => {
      const fills = await plan
        .locator('[data-slot]')
        .evaluateAll((slots) => slots.map((slot) => slot.getAttribute('fill')));
      return fills.some((fill) => fill?.startsWith('hsl'));
    }, 60_000);
    await oven.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Oven 1' }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-kitchen-plan');
    await guest.cancel(id);
  });

  test('in the dark no rule of accessibility is broken either', async () => {
    const page = await chrome.page({ colours: 'dark' });
    await enter(page, MANAGER, '/admin/kitchen');
    await open(page, 'Oven 2');
    await sceneUntil(page, ({ frames }) => frames > 3);
    await expectAccessible(page);
    await screenshot(page, 'admin-kitchen-dark');
  });

  test('a browser that draws no 3D shows the plan and says why', async () => {
    await Chrome.with(restaurant.address('router'), async (plain) => {
      const page = await plain.page();
      await enter(page, MANAGER, '/admin/kitchen');
      await page.getByText('This browser draws no 3D, so you see the plan.').waitFor();
      await page
        .getByRole('button', { name: /^Oven 1/ })
        .first()
        .waitFor();
      expect(await page.getByRole('button', { name: '3D' }).isDisabled()).toBe(true);
      expect(await page.locator('canvas').count()).toBe(0);
      await expectAccessible(page);
      await screenshot(page, 'admin-kitchen-without-3d');
      await page.goto('/admin/system?view=3d');
      await page.locator('[data-node="router"]').waitFor();
    });
  });
});
