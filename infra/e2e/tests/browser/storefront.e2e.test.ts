import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../../../../subgraphs/service-kit/tests/test-runtime.ts';
import { expectAccessible } from '../../src/browser/accessibility.ts';
import { PASSWORD } from '../../src/browser/admin.ts';
import { Chrome, screenshot } from '../../src/browser/chrome.ts';
import { tabTo } from '../../src/browser/keyboard.ts';
import { addCard, fillAddress, fillBasket, signUp } from '../../src/browser/storefront.ts';
import { Restaurant } from '../../src/restaurant.ts';

describe('the storefront in a browser', () => {
  let restaurant: Restaurant;
  let chrome: Chrome;

  beforeAll(async () => {
    restaurant = await Restaurant.open();
    chrome = await Chrome.open(restaurant.address('router'));
  });
  afterEach(async () => {
    restaurant.signal('device', 'SIGCONT');
    await chrome.finish();
  });
  afterAll(async () => {
    await chrome.close();
    await restaurant.close();
  });

  const headline = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
  const place = (page: Page) => page.getByRole('button', { name: 'Place the order' }).click();
  /** Everything up to an order that is placed. */
  const orderAs = async (page: Page, card?: RegExp) => {
    await page.goto('/');
    await fillBasket(page);
    await page.goto('/checkout');
    await signUp(page);
    await fillAddress(page);
    await addCard(page, card);
    await place(page);
    await page.waitForURL(/\/orders\/[\da-f-]{36}$/);
  };

  test('from the menu to READY, without loading anything anew', async () => {
    const page = await chrome.page();
    await page.goto('/');
    await page.locator('[data-dish]').first().waitFor();
    await page.evaluate('globalThis.marked = true');
    expect(await page.locator('[data-dish]').count()).toBeGreaterThan(20);
    await expectAccessible(page);
    await screenshot(page, 'storefront-menu');
    await page.getByRole('searchbox', { name: 'Search the menu' }).fill('pizza');
    await eventually(async () => {
      const names = await page.locator('[data-dish] h3').allInnerTexts();
      return names.length > 0 && names.length < 20;
    });
    await fillBasket(page, 1);
    await page
      .getByRole('button', { name: /^One more/ })
      .first()
      .click();
    await page.getByRole('link', { name: 'Go to checkout' }).click();
    await headline(page, 'Checkout').waitFor();
    await expectAccessible(page);
    await signUp(page);
    await fillAddress(page);
    await addCard(page);
    await expectAccessible(page);
    await screenshot(page, 'storefront-checkout');
    await place(page);
    await page.waitForURL(/\/orders\/[\da-f-]{36}$/);
    await headline(page, 'It is being cooked').waitFor();
    await page.locator('[data-ticket="COOKING"]').first().waitFor();
    await screenshot(page, 'storefront-cooking');
    await headline(page, 'Your order is ready').waitFor({ timeout: 120_000 });
    await expectAccessible(page);
    await screenshot(page, 'storefront-ready');
    await page.getByRole('link', { name: 'All my orders' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Ready' }).first().waitFor();
    await expectAccessible(page);
    await screenshot(page, 'storefront-orders');
    expect(await page.evaluate('globalThis.marked')).toBe(true);
  });

  test('with nothing but the keyboard', async () => {
    const page = await chrome.page();
    await page.goto('/');
    await page.locator('[data-dish]').first().waitFor();
    await tabTo(page, 'Search the menu');
    await page.keyboard.type('soup');
    await eventually(async () => (await page.locator('[data-dish]').count()) === 1);
    expect(await page.getByRole('searchbox').inputValue()).toBe('soup');
    await tabTo(page, /^Add .* to the basket$/);
    await page.keyboard.press('Enter');
    await tabTo(page, 'Go to checkout');
    await page.keyboard.press('Enter');
    await headline(page, 'Checkout').waitFor();
    await tabTo(page, 'Email address');
    await page.keyboard.type('guest@brigade.test');
    await tabTo(page, 'Password');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByLabel('Street and number').waitFor();
    await tabTo(page, 'Street and number');
    await page.keyboard.type('2 Key Lane');
    await tabTo(page, 'Postcode');
    await page.keyboard.type('10115');
    await tabTo(page, 'City');
    await page.keyboard.type('Berlin');
    await tabTo(page, 'Add a test card');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, 'Add card');
    await page.keyboard.press('Space');
    await page.getByRole('radio').and(page.locator(':checked')).waitFor();
    await tabTo(page, 'Place the order');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/orders\/[\da-f-]{36}$/);
    await headline(page, 'Your order is ready').waitFor({ timeout: 120_000 });
  });

  test('a card that is declined: the guest is told why, and that no money was taken', async () => {
    const page = await chrome.page();
    await orderAs(page, /0002/);
    await headline(page, 'We could not take your order').waitFor();
    await page.getByText('The card was declined.').waitFor();
    await page.getByText('No money was taken.').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'storefront-declined');
  });

  test('an order is called off, and the money comes back', async () => {
    // Nothing is cooked meanwhile, so that there is time to think it over.
    restaurant.signal('device', 'SIGSTOP');
    const page = await chrome.page();
    await orderAs(page);
    await page.getByRole('button', { name: 'Cancel the order' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the order' }).click();
    await headline(page, 'Cancelled').waitFor();
    restaurant.signal('device', 'SIGCONT');
    await page.getByText(/Your money has been refunded|No money was taken/).waitFor();
  });

  test('the basket outlives the page', async () => {
    const page = await chrome.page();
    await page.goto('/');
    await fillBasket(page, 3);
    await page.reload();
    await page.getByRole('link', { name: 'Basket: 3 portions' }).waitFor();
    // A search, in contrast, ends where the menu begins anew.
    await page.getByRole('searchbox').fill('nobody cooks this');
    await page.getByText('No dish matches.').waitFor();
    await page.getByRole('link', { name: 'Menu', exact: true }).click();
    await page.locator('[data-dish]').first().waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
  });

  test('on a telephone: nothing sticks out, and an order gets through', async () => {
    const page = await chrome.page({ width: 390, height: 844 });
    const isWithin = () => page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');
    await page.goto('/');
    await fillBasket(page);
    expect(await isWithin()).toBe(true);
    await page.getByRole('button', { name: /^Basket \(2\)/ }).click();
    await screenshot(page, 'storefront-mobile-basket');
    await page.getByRole('dialog').getByRole('link', { name: 'Go to checkout' }).click();
    await signUp(page);
    await fillAddress(page);
    await addCard(page);
    expect(await isWithin()).toBe(true);
    await screenshot(page, 'storefront-mobile-checkout');
    await place(page);
    await headline(page, 'It is being cooked').or(headline(page, 'Your order is ready')).waitFor();
    expect(await isWithin()).toBe(true);
    await expectAccessible(page);
    await screenshot(page, 'storefront-mobile-order');
  });

  test('in the dark no rule of accessibility is broken either', async () => {
    const page = await chrome.page({ colours: 'dark' });
    await page.goto('/');
    await page.locator('[data-dish]').first().waitFor();
    await expectAccessible(page);
    await screenshot(page, 'storefront-dark-menu');
    await orderAs(page);
    await expectAccessible(page);
    await screenshot(page, 'storefront-dark-order');
    for (const path of ['orders', 'checkout']) {
      await page.goto(`/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expectAccessible(page);
    }
  });
});
