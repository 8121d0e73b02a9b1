import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { eventually } from '../../../../subgraphs/service-kit/tests/test-runtime.ts';

declare global {
  // In the page, once its source has run there.
  var axe: { run(options: RunOptions): Promise<AxeResults> };
}

/** GraphiQL, in its frame, is not ours. */
const options: RunOptions = { iframes: false, resultTypes: ['violations'] };
/** What moves while axe looks is looked at again, milliseconds. */
const SETTLES_WITHIN_MS = 10_000;

/** @throws Error that names every rule of axe with serious or critical impact that the page breaks, and where */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  let faults: string[] = [];
  const look = async () => {
    const { violations } = await page.evaluate((how) => globalThis.axe.run(how), options);
    faults = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, help, nodes }) =>
          `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `    ${html}\n    ${failureSummary}`).join('\n')}`,
      );
    return faults.length === 0;
  };
  await eventually(look, SETTLES_WITHIN_MS).catch(() => {
    throw new Error(`axe at ${page.url()}:\n  ${faults.join('\n  ')}`);
  });
}
