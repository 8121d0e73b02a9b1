import type { Page } from 'playwright-core';
import { eventually } from '../../../../subgraphs/service-kit/tests/test-runtime.ts';

/** What the scene tells of itself: clients/admin/src/kitchen/scene/probe.ts */
export interface Scene {
  frames: number;
  food: number;
  tickets: number;
  glow: Record<string, string>;
}
declare global {
  // In the page of the kitchen.
  var brigadeKitchen: Scene | undefined;
}

/** What the scene draws at this moment; undefined before it draws. */
export const readScene = (page: Page): Promise<Scene | undefined> => page.evaluate(() => globalThis.brigadeKitchen);

/** Waits until the scene draws what is wanted. */
export async function sceneUntil(page: Page, meets: (scene: Scene) => boolean, timeoutMs = 90_000): Promise<Scene> {
  let last: Scene | undefined;
  try {
    return await eventually(async () => {
      last = await readScene(page);
      return last && meets(last) ? last : undefined;
    }, timeoutMs);
  } catch (error) {
    throw new Error(`the scene draws ${JSON.stringify(last)}, not: ${meets.toString()}`, { cause: error });
  }
}

/** How bright a colour is, 0 to 765. @param hex `#rrggbb` */
export const brightness = (hex: string | undefined): number =>
  [1, 3, 5].reduce((sum, at) => sum + Number.parseInt((hex ?? '#000000').slice(at, at + 2), 16), 0);
