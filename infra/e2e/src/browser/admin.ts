import type { Page } from 'playwright-core';

export const PASSWORD = 'brigade-demo';

/** Signs in at the staff's door, which any page of the admin shows to who is not in. */
export async function signIn(page: Page, email: string, path = '/admin/', password = PASSWORD): Promise<void> {
  await page.goto(path);
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs in and waits for the page behind the door. */
export async function enter(page: Page, email: string, path = '/admin/'): Promise<void> {
  await signIn(page, email, path);
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}

/** Goes on by the navigation, without loading anew. */
export async function turnTo(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: title }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}
