/** Where the launcher speaks. */
export interface Progress {
  say(line: string): void;
  warn(line: string): void;
  /** Runs one step and reports how long it took; a failing step is reported by whoever catches its error. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** Lines on the terminal, one per finished step, with its own time and the time since the start. */
export function terminalProgress(out: NodeJS.WritableStream = process.stdout): Progress {
  const begun = performance.now();
  const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
  const write = (line: string) => void out.write(`${line}\n`);
  return {
    say: write,
    warn: (line) => write(`! ${line}`),
    step: async (name, work) => {
      const started = performance.now();
      const result = await work();
      write(`  ${name.padEnd(44)} ${seconds(started).padStart(7)}   (at ${seconds(begun)})`);
      return result;
    },
  };
}
