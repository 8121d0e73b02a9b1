/** Which slot of a device a job lies in. A job keeps its slot; a new one takes the first that is free. */
export class Slots {
  readonly #slots: (string | undefined)[] = [];

  /** Frees the slots of jobs that have ended, and places those that are new. */
  update(jobIds: readonly { readonly jobId: string }[]): void {
    for (const [slot, held] of this.#slots.entries()) {
      if (held !== undefined && !jobIds.some(({ jobId }) => jobId === held)) this.#slots[slot] = undefined;
    }
    for (const { jobId } of jobIds) {
      if (this.#slots.includes(jobId)) continue;
      const free = this.#slots.indexOf(undefined);
      this.#slots[free === -1 ? this.#slots.length : free] = jobId;
    }
  }

  slotOf(jobId: string): number {
    return this.#slots.indexOf(jobId);
  }
}
