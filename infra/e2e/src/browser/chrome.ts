import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findChromium } from '../../../local/src/browser/chromium.ts';
import { Faults } from './faults.ts';

const SCREENSHOTS = resolve(import.meta.dirname, '../../../../.data/screenshots');
/** Two slow cores draw a few frames a second in software. */
const PATIENCE_MS = 120_000;

/** WebGL in software, so that every machine draws the same; it takes a whole core, also of pages without any. */
export const WITH_3D = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
/** As on a machine that draws no 3D at all. */
const WITHOUT_3D = ['--disable-gpu', '--disable-software-rasterizer', '--disable-3d-apis'];

export interface Looks {
  readonly width?: number;
  readonly height?: number;
  readonly colours?: 'light' | 'dark';
  readonly locale?: string;
}

/**
 * A real Chromium, for one test file. Its pages fail the test, in `finish`, when something in them went wrong that the
 * test did not say it expects.
 */
export class Chrome {
  readonly faults: Faults;
  readonly #contexts: BrowserContext[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly origin: string,
  ) {
    this.faults = new Faults(origin);
  }

  /**
   * @param origin where the pages come from; what goes elsewhere is a fault
   * @param drawing what it draws with; without 3D unless told
   */
  static async open(origin: string, drawing = WITHOUT_3D): Promise<Chrome> {
    const executablePath = findChromium() ?? '';
    // Chromium refuses to run as root with its sandbox.
    const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...drawing];
    return new Chrome(await chromium.launch({ executablePath, args }), origin);
  }

  /** A browser for as long as `look` takes. @throws Error as `finish` does */
  static async with(origin: string, look: (chrome: Chrome) => Promise<void>, drawing = WITHOUT_3D): Promise<void> {
    const chrome = await Chrome.open(origin, drawing);
    try {
      await look(chrome);
      await chrome.finish();
    } finally {
      await chrome.close();
    }
  }

  /** A page of a browser that has been nowhere yet. */
  async page({ width = 1_280, height = 800, colours = 'light', locale = 'en-GB' }: Looks = {}): Promise<Page> {
    const context = await this.browser.newContext({
      baseURL: this.origin,
      viewport: { width, height },
      colorScheme: colours,
      locale,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    context.on('page', (page) => this.faults.watch(page));
    this.#contexts.push(context);
    return context.newPage();
  }

  /** Closes the pages of a test. @throws Error that lists what went wrong in them */
  async finish(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
    this.faults.settle();
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

/** Kept under `.data/screenshots/`, for people to look at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), timeout: PATIENCE_MS });
}
