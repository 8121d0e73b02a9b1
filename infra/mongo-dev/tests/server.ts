import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMongoDev } from '../src/index.ts';

/** Set by the global setup when MONGODB_URI was given on the command line: the suite then runs against real MongoDB. */
const EXTERNAL = process.env.TEST_EXTERNAL_MONGODB_URI;

export interface TestServer {
  readonly uri: string;
  /** A database name that nobody else uses. */
  readonly database: string;
  stop(): Promise<void>;
}

/** The server under test: a development store of its own, or the MongoDB that was given. */
export async function testServer(): Promise<TestServer> {
  const database = `mongo_dev_test_${process.pid}_${Date.now()}`;
  if (EXTERNAL) return { uri: EXTERNAL, database, stop: () => Promise.resolve() };
  const dataDir = await temporaryFolder();
  const store = await startMongoDev({ dataDir });
  const stop = async () => {
    await store.stop();
    await rm(dataDir, { recursive: true });
  };
  return { uri: store.uri, database, stop };
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'mongo-dev-'));
}
