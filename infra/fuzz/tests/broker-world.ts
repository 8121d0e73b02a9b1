import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { baseEnvironment } from '../../local/src/processes/process-spec.ts';
import { PortBlock } from '../../local/src/servers/port-block.ts';
import { serverPortsFrom, type ServerPorts } from '../../local/src/servers/server-ports.ts';
import { startServers, type RunningServers } from '../../local/src/servers/start-servers.ts';

const run = promisify(execFile);
const SCRIPT = '/usr/lib/rabbitmq/bin/rabbitmqctl';

/** A RabbitMQ of the test's own, so that what is done to it is done to nobody else; and its administrator. */
export class BrokerWorld {
  private constructor(
    private readonly servers: RunningServers,
    private readonly dataDir: string,
    private readonly ports: ServerPorts,
    private readonly block: PortBlock,
  ) {}

  static async start(): Promise<BrokerWorld> {
    const dataDir = await mkdtemp(join(tmpdir(), 'brigade-broker-fuzz-'));
    await chmod(dataDir, 0o711);
    const block = await PortBlock.reserve();
    const ports = await serverPortsFrom(block);
    const secret = () => randomBytes(18).toString('hex');
    const passwords = { postgres: secret(), redis: secret(), amqp: secret(), mongo: secret() };
    const servers = await startServers({ dataDir, ports, passwords, only: ['rabbitmq'] });
    return new BrokerWorld(servers, dataDir, ports, block);
  }

  get url(): string {
    return this.servers.amqpUrl;
  }

  /** Answers 2xx, 404 for what is gone already; throws for everything else. */
  async api<T>(method: 'GET' | 'DELETE', path: string): Promise<T | undefined> {
    const { origin, username, password } = new URL(this.servers.amqpManagementUrl);
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const response = await fetch(`${origin}/api/${path}`, { method, headers: { authorization } });
    if (!response.ok && response.status !== 404) throw new Error(`${method} ${path}: ${response.status}`);
    return response.status === 200 ? ((await response.json()) as T) : undefined;
  }

  async deleteQueue(queue: string): Promise<void> {
    await this.api('DELETE', `queues/%2F/${encodeURIComponent(queue)}`);
  }

  async deleteExchange(exchange: string): Promise<void> {
    await this.api('DELETE', `exchanges/%2F/${encodeURIComponent(exchange)}`);
  }

  async deleteBinding(exchange: string, queue: string, key: string): Promise<void> {
    const [from, to] = [exchange, queue].map(encodeURIComponent);
    await this.api('DELETE', `bindings/%2F/e/${from}/q/${to}/${encodeURIComponent(key)}`);
  }

  /** Ends every connection, or every second one. */
  async closeConnections(of: (index: number) => boolean): Promise<number> {
    const connections = (await this.api<{ name: string }[]>('GET', 'connections')) ?? [];
    const chosen = connections.filter((_connection, index) => of(index));
    for (const { name } of chosen) await this.api('DELETE', `connections/${encodeURIComponent(name)}`);
    return chosen.length;
  }

  /** The broker finds its disk or its memory full, or well again. */
  async alarm(of: 'disk' | 'memory', on: boolean): Promise<void> {
    await this.#control(
      of === 'disk'
        ? ['set_disk_free_limit', on ? '1000000GB' : '50MB']
        : ['set_vm_memory_high_watermark', 'absolute', on ? '1MB' : '768MB'],
    );
  }

  async stop(): Promise<void> {
    await this.servers.stop({ hard: true });
    this.block.release();
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  async #control(args: readonly string[]): Promise<void> {
    await run(existsSync(SCRIPT) ? SCRIPT : 'rabbitmqctl', ['-q', '-n', 'brigade@localhost', ...args], {
      env: {
        ...baseEnvironment(),
        HOME: join(this.dataDir, 'rabbitmq'),
        ERL_EPMD_PORT: String(this.ports.epmd),
        ERL_EPMD_ADDRESS: '127.0.0.1',
      },
    });
  }
}
