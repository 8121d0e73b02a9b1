import { get } from 'node:http';
import { openAdmin, openBrowser } from './browser.ts';

/** What users load, as gzip: for the first page, for the kitchen as a plan, and what three dimensions add to that. */
export async function openBundle(origin: string): Promise<[string, string][]> {
  const browser = await openBrowser();
  try {
    const urls = new Set<string>();
    const page = await openAdmin(browser, origin, async (opened) => {
      opened.on('request', (request) => {
        const url = request.url();
        if (/\/admin\/(assets\/.*)?$/.test(new URL(url).pathname)) urls.add(url);
      });
    });
    let told = 0;
    const row = async (what: string): Promise<[string, string]> => {
      const loaded = [...urls].slice(told);
      told = urls.size;
      return [what, `${await kilobytes(loaded)} KB gzip in ${loaded.length} files`];
    };
    const first = await row('first page of the admin');
    await page.goto('/admin/kitchen?view=2d');
    await page.getByRole('list', { name: 'Stations' }).waitFor();
    const plan = await row('the kitchen as a plan adds');
    await page.getByRole('button', { name: '3D' }).click();
    await page.locator('canvas').waitFor();
    return [first, plan, await row('the kitchen in 3D adds')];
  } finally {
    await browser.close();
  }
}

async function kilobytes(urls: readonly string[]): Promise<number> {
  const sizes = await Promise.all(urls.map(bytesAsGzip));
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1_024);
}

/** As they come over the wire; `fetch` would unpack them. */
function bytesAsGzip(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.once('end', () => resolve(bytes));
    }).once('error', reject);
  });
}
