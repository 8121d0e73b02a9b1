import { join } from 'node:path';
import { runTask } from './processes/run-task.ts';
import { recordProcesses } from './processes/pids-file.ts';
import { SupervisedProcess } from './processes/supervised-process.ts';
import type { Supervision } from './processes/supervised-process.ts';
import type { PlannedWork } from './plan.ts';
import type { ProductProcess } from './product.ts';
import type { Progress } from './progress.ts';
import type { ServerName } from './servers/debian-packages.ts';
import type { ServersUnderWay } from './servers/start-servers.ts';

const SERVER_TITLES: Record<ServerName, string> = {
  postgres: 'PostgreSQL',
  redis: 'Redis',
  mongo: 'Mongo store',
  rabbitmq: 'RabbitMQ',
};
type Servers = ServersUnderWay & { readonly processes: readonly SupervisedProcess[] };

/** Servers, one-off tasks and processes of one start, each begun as soon as what it needs stands. */
export class System {
  private readonly work: PlannedWork;
  private readonly dataDir: string;
  private readonly progress: Progress;
  private readonly own: SupervisedProcess[] = [];
  private readonly stopping = new AbortController();
  private servers: Promise<Servers> | undefined;
  private serverProcesses: readonly SupervisedProcess[] = [];

  constructor(work: PlannedWork, dataDir: string, progress: Progress) {
    this.work = work;
    this.dataDir = dataDir;
    this.progress = progress;
  }

  /** Where the pids of all that runs are written down. */
  get pidsFile(): string {
    return join(this.dataDir, 'pids.json');
  }

  /** The `INSTANCE_ID` of one of the product's processes, undefined before its first start. */
  instanceOf(name: string): string | undefined {
    return this.own.find(({ spec }) => spec.name === name)?.instance;
  }

  summary(tookSeconds: number): string {
    return this.work.summary(tookSeconds);
  }

  /** Resolves when everything serves; rejects with the first failure. */
  async start(): Promise<void> {
    const milestones = new Map<string, Promise<void>>();
    const after = async (needs: readonly string[]): Promise<void> => {
      await Promise.all(needs.map(async (need) => milestones.get(need)));
      this.stopping.signal.throwIfAborted();
    };
    // Tasks first, in the table's order: a need that is not known yet would be taken as fulfilled.
    const serversBegun = Promise.withResolvers<Servers>();
    serversBegun.promise.catch(() => undefined);
    for (const server of Object.keys(SERVER_TITLES) as ServerName[]) {
      const ready = async () => (await serversBegun.promise).ready(server);
      milestones.set(server, this.progress.step(SERVER_TITLES[server], ready));
    }
    for (const { title, needs, task } of this.work.tasks) {
      const run = () => runTask(task, join(this.dataDir, 'logs'), this.stopping.signal);
      milestones.set(
        task.name,
        after(needs).then(() => this.progress.step(title, run)),
      );
    }
    for (const process of this.work.processes) {
      milestones.set(
        process.spec.name,
        after(process.needs).then(() => this.startProcess(process)),
      );
    }
    this.servers = this.work.servers.begin({
      built: milestones.get('build') ?? Promise.resolve(),
      supervision: this.supervision(),
      say: (line) => this.progress.say(line),
    });
    this.servers.then(
      (servers) => {
        this.serverProcesses = servers.processes;
        serversBegun.resolve(servers);
      },
      (error: unknown) => serversBegun.reject(error),
    );
    await Promise.all(milestones.values());
  }

  /** Stops processes in reverse order, then the servers. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('the system is being stopped'));
    for (const process of this.own.toReversed()) await process.stop();
    const servers = await this.servers?.catch(() => undefined);
    await servers?.stop();
  }

  /** Kills all of it; a `stop` under way then ends at once. */
  kill(): void {
    this.stopping.abort(new Error('the system is being killed'));
    for (const process of [...this.own, ...this.serverProcesses]) void process.stop({ hard: true });
  }

  private startProcess({ spec }: ProductProcess): Promise<void> {
    const process = new SupervisedProcess(spec, { ...this.supervision(), logDir: join(this.dataDir, 'logs') });
    this.own.push(process);
    return this.progress.step(spec.name, () => process.start());
  }

  private supervision(): Omit<Supervision, 'logDir'> {
    return {
      onPidsChanged: () => {
        const all = [...this.serverProcesses, ...this.own];
        const running = all.flatMap(({ spec, pid }) => (pid === undefined ? [] : [{ name: spec.name, pid }]));
        recordProcesses(this.pidsFile, running);
      },
      onCrash: ({ name, reason, restartInMs, logTail }) => {
        this.progress.warn(`${name} CRASHED (${reason}). Its last lines:\n${logTail.replaceAll(/^/gm, '    | ')}`);
        this.progress.warn(`${name} is started again in ${restartInMs / 1000} s.`);
      },
      onRecovered: (name) => this.progress.warn(`${name} serves again.`),
    };
  }
}
