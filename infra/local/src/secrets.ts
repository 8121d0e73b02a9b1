import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const secrets = z.object({
  postgres: z.string().min(16),
  redis: z.string().min(16),
  amqp: z.string().min(16),
  mongo: z.string().min(16),
  /** Signs the header in which the router tells subgraphs who is asking. */
  actor: z.string().min(32),
});
export type Secrets = z.infer<typeof secrets>;

/** The passwords of this data folder, made on its first use; readable by their owner only. */
export function loadSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  if (!existsSync(file)) {
    const made: Secrets = { postgres: make(), redis: make(), amqp: make(), mongo: make(), actor: make() };
    writeFileSync(`${file}.new`, JSON.stringify(made, null, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return secrets.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function make(): string {
  return randomBytes(24).toString('hex');
}
