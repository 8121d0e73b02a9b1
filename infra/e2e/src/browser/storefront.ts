import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';

/** Opens an account where the page asks who is ordering. */
export async function signUp(page: Page): Promise<void> {
  const form = page.locator('form').filter({ has: page.getByRole('group', { name: 'Sign in or open an account' }) });
  await form.getByRole('group').getByRole('button', { name: 'Open an account' }).click();
  await form.getByLabel('Your name').fill('Ada');
  await form.getByLabel('Email address').fill(`${randomUUID()}@guests.test`);
  await form.getByLabel('Password').fill('a good password');
  await form.getByRole('button', { name: 'Open an account' }).last().click();
}

export async function fillAddress(page: Page): Promise<void> {
  await page.getByLabel('Street and number').fill('1 Rue de Rivoli');
  await page.getByLabel('Postcode').fill('75001');
  await page.getByLabel('City').fill('Paris');
}

/** @param card as the list of test cards shows it */
export async function addCard(page: Page, card = /Visa .* 4242/): Promise<void> {
  const list = page.getByLabel('Add a test card');
  const option = list.getByRole('option').filter({ hasText: card });
  await option.waitFor({ state: 'attached' });
  await list.selectOption({ label: await option.innerText() });
  await page.getByRole('button', { name: 'Add card' }).click();
  await page.getByRole('radio', { name: card }).and(page.locator(':checked')).waitFor();
}

/** Puts the first dishes that can be had into the basket. */
export async function fillBasket(page: Page, dishes = 2): Promise<void> {
  for (let count = 0; count < dishes; count += 1) {
    await page
      .getByRole('button', { name: /^Add .* to the basket$/, disabled: false })
      .first()
      .click();
  }
}
