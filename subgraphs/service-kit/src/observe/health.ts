export interface DependencyHealth {
  status: 'up' | 'down';
  /** How long the probe took, milliseconds. */
  ms: number;
  error?: string;
}

/** Who answers: a port alone does not tell. */
export interface HealthIdentity {
  readonly service: string;
  /** `INSTANCE_ID` of the process. */
  readonly instance: string;
}

export interface HealthReport extends HealthIdentity {
  status: 'ready' | 'degraded' | 'draining' | 'not ready';
  dependencies: Record<string, DependencyHealth>;
}

export type Probe = () => Promise<void>;

/**
 * Readiness of one service: everything that it needs to answer at all answers within `timeoutMs`, and it is not
 * draining. Without what it can do without for a while it is `degraded`, and still ready to be asked.
 */
export class Health {
  readonly #probes = new Map<string, { probe: Probe; optional: boolean }>();
  #draining = false;

  /** @param timeoutMs how long each dependency has to answer, milliseconds */
  constructor(
    readonly identity: HealthIdentity,
    private readonly timeoutMs = 2_000,
  ) {}

  add(dependency: string, probe: Probe, { optional = false } = {}): void {
    this.#probes.set(dependency, { probe, optional });
  }

  /** From now on not ready, so that nobody sends new work here; what is under way goes on. */
  drain(): void {
    this.#draining = true;
  }

  async report(): Promise<HealthReport> {
    const dependencies = Object.fromEntries(
      await Promise.all([...this.#probes].map(async ([name, { probe }]) => [name, await this.#check(probe)] as const)),
    );
    return { ...this.identity, status: this.#draining ? 'draining' : this.#judge(dependencies), dependencies };
  }

  /** Whether every dependency answers, optional ones included, those in `except` left out. */
  async isWhole(except: readonly string[] = []): Promise<boolean> {
    const { dependencies } = await this.report();
    return Object.entries(dependencies).every(([name, { status }]) => status === 'up' || except.includes(name));
  }

  #judge(dependencies: HealthReport['dependencies']): 'ready' | 'degraded' | 'not ready' {
    const down = Object.keys(dependencies).filter((name) => dependencies[name]?.status === 'down');
    if (down.length === 0) return 'ready';
    return down.every((name) => this.#probes.get(name)?.optional) ? 'degraded' : 'not ready';
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
