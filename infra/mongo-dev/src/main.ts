import './lean-memory.ts';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startMongoDev } from './index.ts';

const { values } = parseArgs({
  options: {
    host: { type: 'string', default: process.env.HOST ?? '127.0.0.1' },
    port: { type: 'string', default: process.env.MONGO_DEV_PORT ?? '4039' },
    data: { type: 'string', default: process.env.MONGO_DEV_DATA ?? '.data/mongo' },
    username: { type: 'string', default: process.env.MONGO_DEV_USERNAME ?? 'brigade' },
    'password-file': { type: 'string' },
  },
});
const say = (message: string) => process.stdout.write(`mongo-dev: ${message}\n`);

try {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be 0 to 65535, not ${values.port}`);
  const file = values['password-file'];
  const password = file ? readFileSync(file, 'utf8').trim() : process.env.MONGO_DEV_PASSWORD;
  if (file && !password) throw new Error(`${file} holds no password`);
  const store = await startMongoDev({
    host: values.host,
    port,
    dataDir: values.data,
    username: values.username,
    password,
    logger: say,
  });
  say('this is a DEVELOPMENT STORE that speaks the MongoDB wire protocol. It is not MongoDB.');
  say(
    `listening on ${values.host}:${store.port}, data in ${values.data}, ${password ? 'password required' : 'no password'}`,
  );
  let stopping: Promise<unknown> | undefined;
  const stop = () => (stopping ??= store.stop().then(() => say('stopped')));
  process.on('SIGTERM', stop).on('SIGINT', stop);
} catch (error) {
  process.stderr.write(`mongo-dev: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
