import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const { CHROMIUM = '/usr/bin/chromium' } = process.env;
const SOFTWARE_DRAWING = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
/** To the browser a page that is put in by hand comes from anywhere, and might not open a WebSocket to this machine. */
const TRUST_OWN_PAGES = '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets';
const VIEWPORT = { width: 1_280, height: 800 };

/** @throws Error when this machine has no Chromium */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error(`there is no ${CHROMIUM}: apt-get install chromium, or CHROMIUM=path`);
  const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...SOFTWARE_DRAWING, TRUST_OWN_PAGES];
  return chromium.launch({ executablePath: CHROMIUM, args });
}

/** Signs a manager in and waits for the overview. */
export async function openAdmin(
  browser: Browser,
  origin: string,
  before: (page: Page) => Promise<void>,
): Promise<Page> {
  const page = await browser.newPage({ baseURL: origin, viewport: VIEWPORT, locale: 'en-GB' });
  await before(page);
  await page.goto('/admin/');
  await page.getByLabel('Email address').fill('manager@brigade.test');
  await page.getByLabel('Password').fill(process.env.DEMO_PASSWORD ?? 'brigade-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.waitForLoadState('load');
  return page;
}
