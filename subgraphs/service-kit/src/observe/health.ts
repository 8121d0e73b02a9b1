export interface DependencyHealth {
  status: 'up' | 'down';
  /** How long the probe took, milliseconds. */
  ms: number;
  error?: string;
}

export interface HealthReport {
  status: 'ready' | 'draining' | 'not ready';
  dependencies: Record<string, DependencyHealth>;
}

export type Probe = () => Promise<void>;

/** Readiness of one service: all of its dependencies answer within `timeoutMs`, and it is not draining. */
export class Health {
  readonly #probes = new Map<string, Probe>();
  #draining = false;

  constructor(private readonly timeoutMs = 2_000) {}

  add(dependency: string, probe: Probe): void {
    this.#probes.set(dependency, probe);
  }

  /** From now on not ready, so that nobody sends new work here; what is under way goes on. */
  drain(): void {
    this.#draining = true;
  }

  async report(): Promise<HealthReport> {
    const dependencies = Object.fromEntries(
      await Promise.all([...this.#probes].map(async ([name, probe]) => [name, await this.#check(probe)] as const)),
    );
    const allUp = Object.values(dependencies).every(({ status }) => status === 'up');
    return { status: this.#draining ? 'draining' : allUp ? 'ready' : 'not ready', dependencies };
  }

  async #check(probe: Probe): Promise<DependencyHealth> {
    const started = performance.now();
    const elapsed = () => Math.round(performance.now() - started);
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${this.timeoutMs} ms`)), this.timeoutMs);
      });
      await Promise.race([probe(), late]);
      return { status: 'up', ms: elapsed() };
    } catch (error) {
      return { status: 'down', ms: elapsed(), error: (error as Error).message };
    } finally {
      clearTimeout(timer);
    }
  }
}
