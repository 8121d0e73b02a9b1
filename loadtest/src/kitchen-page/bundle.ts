import { get } from 'node:http';
import { openAdmin, openBrowser } from './browser.ts';

/** What users load, as gzip: for the first page, and what the kitchen in 3D adds. */
export async function openBundle(origin: string): Promise<[string, string][]> {
  const browser = await openBrowser();
  try {
    let urls = new Set<string>();
    const page = await openAdmin(browser, origin, async (opened) => {
      opened.on('request', (request) => {
        const url = request.url();
        if (/\/admin\/(assets\/.*)?$/.test(new URL(url).pathname)) urls.add(url);
      });
    });
    await page.waitForLoadState('networkidle', { timeout: 10_000 }).catch(() => {
      // The page polls; what it consists of has come.
    });
    const first = urls;
    urls = new Set();
    await page.getByRole('link', { name: 'Kitchen' }).click();
    await page.locator('canvas').waitFor();
    const scene = [...urls].filter((url) => /scene|three|canvas|fiber/i.test(url));
    return [
      ['first page of the admin', `${await kilobytes([...first])} KB gzip in ${first.size} files`],
      ["the kitchen's page adds", `${await kilobytes([...urls])} KB gzip in ${urls.size} files`],
      [
        'of which the 3D chunks',
        `${await kilobytes(scene)} KB gzip: ${scene.map((url) => url.replace(/.*\//, '')).join(', ')}`,
      ],
    ];
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
