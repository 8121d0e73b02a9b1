import type { Page } from 'playwright-core';

/** More steps than any page has places to go to. */
const MOST_STEPS = 250;

interface Focused {
  name: string;
  /** Whether people see that it has the focus. */
  isSeen: boolean;
}

/** Of an element that has the focus: what it is called, and how it shows it. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return { name: '', isSeen: true };
  const name = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? '';
  const { outlineStyle, boxShadow } = getComputedStyle(element);
  return { name: name.trim(), isSeen: outlineStyle !== 'none' || boxShadow !== 'none' };
})()`;

/**
 * Goes on by Tab to what has the name, as people without a mouse do.
 * @throws Error when Tab does not get there, or passes something that does not show its focus
 */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<Focused>(FOCUSED);
    if (!focused.isSeen) throw new Error(`nobody sees that "${focused.name}" has the focus`);
    passed.push(focused.name);
    if (typeof name === 'string' ? focused.name === name : name.test(focused.name)) return;
  }
  throw new Error(`Tab does not get to ${String(name)}, but to: ${[...new Set(passed)].join(', ')}`);
}
