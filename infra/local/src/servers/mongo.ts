import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { baseEnvironment } from '../processes/process-spec.ts';
import type { ProcessSpec } from '../processes/process-spec.ts';
import { repositoryRoot } from '../repository-root.ts';
import { probeTcp } from './probe.ts';

export const MONGO_USER = 'brigade';

interface MongoOptions {
  /** Its data folder; created. */
  readonly dir: string;
  readonly port: number;
  readonly password: string;
  /** Run the store's TypeScript directly instead of its build. */
  readonly fromSource: boolean;
}

/** The development store of `infra/mongo-dev`: MongoDB's wire protocol, not MongoDB. */
export async function mongoServer({ dir, port, password, fromSource }: MongoOptions): Promise<ProcessSpec> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const entry = fromSource
    ? ['--conditions=@brigade/source', join(repositoryRoot, 'infra/mongo-dev/src/main.ts')]
    : [join(repositoryRoot, 'infra/mongo-dev/dist/main.js')];
  return {
    name: 'mongo',
    command: process.execPath,
    // prettier-ignore
    args: ['--max-old-space-size=256', '--max-semi-space-size=4', ...entry, '--host', '127.0.0.1', '--port', String(port), '--data', dir],
    env: { ...baseEnvironment(), MONGO_DEV_PASSWORD: password },
    cwd: dir,
    stopSignal: 'SIGTERM',
    stopWithinMs: 4_000,
    readyWithinMs: 30_000,
    isReady: async () => (await probeTcp({ port })) === '',
  };
}

/** The address that a client uses; direct, because the only member of the set is the one dialled. */
export function mongoUri({ port, password }: Pick<MongoOptions, 'port' | 'password'>): string {
  return `mongodb://${MONGO_USER}:${password}@127.0.0.1:${port}/?authSource=admin&directConnection=true`;
}
