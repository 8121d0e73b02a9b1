import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { openAdmin, openBrowser } from './browser.ts';
import type { HeapSize } from './slope.ts';

/** Of clients/admin/src/kitchen/scene/probe.ts, which the page puts there. */
interface Scene {
  frames: number;
  frameMs: number;
  quality: number;
  commits: number;
  events: number;
}
const readScene = () => (globalThis as { brigadeKitchen?: Scene }).brigadeKitchen;

export interface Look extends Scene {
  /** Milliseconds of one clock. */
  readonly at: number;
  readonly taskSeconds: number;
  readonly scriptSeconds: number;
}

const root = resolve(import.meta.dirname, '../../..');
const BUILD = join(root, '.data/profile/admin');
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** The kitchen's page with React's profiling build, in a browser of its own. */
export class KitchenPage {
  private readonly browser: Browser;
  private readonly page: Page;
  private readonly tools: CDPSession;

  private constructor(browser: Browser, page: Page, tools: CDPSession) {
    this.browser = browser;
    this.page = page;
    this.tools = tools;
  }

  static async open(origin: string): Promise<KitchenPage> {
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    execFileSync(process.execPath, [vite, 'build', 'clients/admin', '--logLevel', 'error'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', BRIGADE_PROFILE: '1' },
      stdio: ['ignore', 2, 2],
    });
    const browser = await openBrowser();
    const page = await openAdmin(browser, origin, serveBuild);
    await page.getByRole('link', { name: 'Kitchen' }).click();
    await page.locator('canvas').waitFor();
    // What is asked from now on does not pass through here.
    await page.unrouteAll();
    const tools = await page.context().newCDPSession(page);
    await tools.send('Performance.enable');
    await tools.send('HeapProfiler.enable');
    return new KitchenPage(browser, page, tools);
  }

  async look(): Promise<Look> {
    const scene = await this.page.evaluate(readScene);
    if (!scene) throw new Error('the page draws no kitchen');
    const metrics = await this.#metrics();
    return {
      ...scene,
      at: performance.now(),
      taskSeconds: metrics.get('TaskDuration') ?? 0,
      scriptSeconds: metrics.get('ScriptDuration') ?? 0,
    };
  }

  /** What is still reachable. */
  async heap(): Promise<HeapSize> {
    await this.tools.send('HeapProfiler.collectGarbage');
    const metrics = await this.#metrics();
    return { at: performance.now(), megabytes: (metrics.get('JSHeapUsedSize') ?? 0) / 2 ** 20 };
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  async #metrics(): Promise<Map<string, number>> {
    const { metrics } = await this.tools.send('Performance.getMetrics');
    return new Map(metrics.map(({ name, value }) => [name, value]));
  }
}

/** The profiling build in the place of the one that the router serves; everything else still comes from the router. */
async function serveBuild(page: Page): Promise<void> {
  await page.route('**/admin/**', async (route) => {
    const path = new URL(route.request().url()).pathname.replace(/^\/admin\//, '');
    const type = TYPES[extname(path)];
    const file = join(BUILD, type ? path : 'index.html');
    await route.fulfill({ body: readFileSync(file), contentType: type ?? 'text/html; charset=utf-8' });
  });
}
