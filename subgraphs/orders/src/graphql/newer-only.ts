/**
 * Lets an update pass only if its version is above that of the last one: with several instances of this subgraph, what
 * they tell may overtake each other on its way, and a client must never see an order go back.
 */
export function newerOnly<T extends { version: number }>(updates: AsyncIterator<T>): AsyncIterableIterator<T> {
  let last = 0;
  const end = { done: true, value: undefined } as const;
  return {
    async next() {
      for (;;) {
        const update = await updates.next();
        if (update.done) return end;
        if (update.value.version <= last) continue;
        last = update.value.version;
        return update;
      }
    },
    // Not a generator: its `return` would wait for an update that may never come.
    return: async () => (await updates.return?.()) ?? end,
    throw: async (error: unknown) => {
      if (updates.throw) return updates.throw(error);
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
