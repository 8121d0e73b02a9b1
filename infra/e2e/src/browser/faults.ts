import type { Page } from 'playwright-core';

/** What goes wrong in pages without anybody seeing it: errors in the console and in scripts, and requests elsewhere. */
export class Faults {
  readonly #origin: string;
  #found: string[] = [];
  #expected: RegExp[] = [];

  constructor(origin: string) {
    this.#origin = origin;
  }

  watch(page: Page): void {
    // Violations of the policy are told in the console too.
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      this.#found.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.#found.push(`script: ${error.stack ?? error.message}`));
    page.on('crash', () => this.#found.push(`the page ${page.url()} crashed`));
    page.on('request', (request) => this.#judgeAddress(request.url()));
    page.on('websocket', (socket) => this.#judgeAddress(socket.url().replace(/^ws/, 'http')));
  }

  /** What the test itself brings about, until it ends. */
  expect(...patterns: RegExp[]): void {
    this.#expected.push(...patterns);
  }

  /** @throws Error that lists what was found and not expected; begins anew */
  settle(): void {
    const [found, expected] = [this.#found, this.#expected];
    [this.#found, this.#expected] = [[], []];
    const faults = found.filter((fault) => !expected.some((pattern) => pattern.test(fault)));
    if (faults.length > 0) throw new Error(`in the browser:\n  ${[...new Set(faults)].join('\n  ')}`);
  }

  #judgeAddress(url: string): void {
    if (/^(data|blob|about):/.test(url) || new URL(url).origin === this.#origin) return;
    this.#found.push(`request to another host: ${url}`);
  }
}
