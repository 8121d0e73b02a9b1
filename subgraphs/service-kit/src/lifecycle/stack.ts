import type { Logger } from '../observe/logger.ts';

/** Closes what was opened, last opened first. One failing close is logged and does not keep the others from closing. */
export class CloseStack {
  readonly #steps: { name: string; close: () => unknown }[] = [];

  constructor(private readonly log: Logger) {}

  defer(name: string, close: () => unknown): void {
    this.#steps.push({ name, close });
  }

  async close(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step.close();
      } catch (error) {
        this.log.error({ err: error, step: step.name }, 'closing failed');
      }
    }
  }
}
