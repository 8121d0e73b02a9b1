import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BSON, MongoClient, UUID, type Document } from 'mongodb';
import { FolderLocked, startMongoDev, type MongoDev } from '../src/index.ts';
import { temporaryFolder } from './server.ts';

/** What only the development store does: refusing, recovering, locking, asking for its password. */

let dataDir: string;
const cleanups: (() => Promise<unknown>)[] = [];
const logged: string[] = [];

beforeEach(async () => {
  dataDir = await temporaryFolder();
  logged.length = 0;
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  await rm(dataDir, { recursive: true });
});

async function start(options: { username?: string; password?: string } = {}): Promise<MongoDev> {
  const store = await startMongoDev({ dataDir, logger: (message) => void logged.push(message), ...options });
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= store.stop());
  cleanups.push(stop);
  return { ...store, stop };
}

async function client(uri: string): Promise<MongoClient> {
  const connected = await new MongoClient(uri, { serverSelectionTimeoutMS: 5000 }).connect();
  cleanups.push(() => connected.close());
  return connected;
}

const things = async (uri: string) => (await client(uri)).db('d').collection<{ _id: number; v?: unknown }>('things');

describe('what is not implemented', () => {
  test.each<[string, Document, number]>([
    ['fooBar', { fooBar: 1 }, 59],
    ['$where', { find: 'c', filter: { $where: '1' } }, 2],
    ['$near', { find: 'c', filter: { a: { $near: [1, 2] } } }, 2],
    ['$text anywhere but at the top level', { find: 'c', filter: { $or: [{ $text: { $search: 'a' } }] } }, 2],
    ['collation', { find: 'c', filter: {}, collation: { locale: 'de' } }, 2],
    ['tailable', { find: 'c', filter: {}, tailable: true }, 2],
    ['$slice', { find: 'c', filter: {}, projection: { a: { $slice: 1 } } }, 2],
    ['$changeStream', { aggregate: 'c', pipeline: [{ $changeStream: {} }], cursor: {} }, 2],
    ['$out', { aggregate: 'c', pipeline: [{ $out: 'x' }], cursor: {} }, 2],
    ['$function', { aggregate: 'c', pipeline: [{ $project: { a: { $function: {} } } }], cursor: {} }, 2],
    ['$stdDevPop', { aggregate: 'c', pipeline: [{ $group: { _id: null, a: { $stdDevPop: '$a' } } }], cursor: {} }, 2],
    [
      "'let'",
      { aggregate: 'c', pipeline: [{ $lookup: { from: 'x', as: 'y', let: {}, pipeline: [] } }], cursor: {} },
      2,
    ],
    ["'capped'", { create: 'c', capped: true, size: 1 }, 2],
    ['2dsphere', { createIndexes: 'c', indexes: [{ key: { a: '2dsphere' }, name: 'a' }] }, 2],
    ["'collation'", { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a', collation: {} }] }, 2],
  ])('is refused by name: %s', async (name, command, code) => {
    const { uri } = await start();
    const error = await (
      await client(uri)
    )
      .db('d')
      .command(command)
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toContain(name);
  });

  test.each<[string, Document]>([
    ['$bit', { u: { $bit: { a: { and: 1 } } } }],
    ['positional operator $', { u: { $set: { 'a.$.b': 1 } } }],
    ['pipeline', { u: [{ $set: { a: 1 } }] }],
    ["'arrayFilters'", { u: { $set: { a: 1 } }, arrayFilters: [] }],
  ])('is refused by name in an update: %s', async (name, statement) => {
    const { uri } = await start();
    const collection = await things(uri);
    await collection.insertOne({ _id: 1 });
    const reply = await (await client(uri)).db('d').command({ update: 'things', updates: [{ q: {}, ...statement }] });
    expect(reply.writeErrors).toEqual([expect.objectContaining({ code: 2, errmsg: expect.stringContaining(name) })]);
    expect(await collection.findOne()).toEqual({ _id: 1 });
  });

  test('aggregation arithmetic on Long and Decimal128 is refused instead of wrong', async () => {
    const { uri } = await start();
    const collection = await things(uri);
    await collection.insertOne({ _id: 1, v: 2n });
    await expect(collection.aggregate([{ $group: { _id: null, s: { $sum: '$v' } } }]).toArray()).rejects.toThrow(
      /\$sum on a Long/,
    );
    await expect(collection.aggregate([{ $project: { s: { $add: ['$v', 1] } } }]).toArray()).rejects.toThrow(
      /\$add on a Long/,
    );
  });

  test('a peer that speaks another protocol is cut off, others are served on', async () => {
    const { uri, port } = await start();
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.end('GET / HTTP/1.1\r\n\r\n');
    await once(socket, 'close');
    expect(await (await client(uri)).db('d').command({ ping: 1 })).toMatchObject({ ok: 1 });
  });
});

describe('the log', () => {
  test('a stop and a start keep documents, indexes and drops', async () => {
    const first = await start();
    const before = await things(first.uri);
    await before.createIndex({ v: 1 }, { unique: true });
    await before.insertMany([
      { _id: 1, v: 'a' },
      { _id: 2, v: 'b' },
    ]);
    await before.deleteOne({ _id: 2 });
    await (await client(first.uri)).db('d').collection('gone').insertOne({});
    await (await client(first.uri)).db('d').dropCollection('gone');
    await first.stop();
    const after = await things((await start()).uri);
    expect(await after.find().toArray()).toEqual([{ _id: 1, v: 'a' }]);
    await expect(after.insertOne({ _id: 3, v: 'a' })).rejects.toMatchObject({ code: 11000 });

    expect(logged).toEqual([]);
  });

  test.each<[string, (path: string) => Promise<void>, number]>([
    ['half a frame', async (path) => appendFile(path, Buffer.from([200, 0, 0, 0, 1, 2, 3, 4, 5])), 2],
    ['zeroes', async (path) => appendFile(path, Buffer.alloc(64)), 2],
    ['a flipped bit in the last frame', async (path) => flipLastByte(path), 1],
  ])('a tail torn by %s is cut off and said so; what came before is whole', async (_name, damage, remaining) => {
    const first = await start();
    const collection = await things(first.uri);
    await collection.insertOne({ _id: 1 });
    await collection.insertOne({ _id: 2 });
    await first.stop();
    await damage(join(dataDir, 'store.log'));
    const second = await start();
    expect(logged.join()).toMatch(/torn write: \d+ bytes cut off/);
    const recovered = await things(second.uri);
    expect(await recovered.countDocuments()).toBe(remaining);
    await recovered.insertOne({ _id: 3 });
    await second.stop();
    expect(await (await things((await start()).uri)).countDocuments()).toBe(remaining + 1);
  });

  test('a transaction is recovered whole or not at all', async () => {
    const first = await start();
    const connected = await client(first.uri);
    const collection = connected.db('d').collection<{ _id: number }>('things');
    await collection.insertOne({ _id: 0 });
    await connected.withSession((session) =>
      session.withTransaction(async () => {
        for (let _id = 1; _id <= 5; _id++) await collection.insertOne({ _id }, { session });
      }),
    );
    await first.stop();
    await flipLastByte(join(dataDir, 'store.log'));
    expect(await (await things((await start()).uri)).countDocuments()).toBe(1);
  });

  test('a long history is compacted on start', async () => {
    const first = await start();
    const collection = await things(first.uri);
    await collection.createIndex({ v: 1 });
    await collection.insertOne({ _id: 1, v: '' });
    for (let n = 0; n < 30; n++) await collection.updateOne({ _id: 1 }, { $set: { v: String(n).repeat(50_000) } });
    await first.stop();
    const before = (await stat(join(dataDir, 'store.log'))).size;
    const second = await start();
    expect(logged.join()).toContain('compacted');
    expect((await stat(join(dataDir, 'store.log'))).size).toBeLessThan(before / 3);
    const after = await things(second.uri);
    expect((await after.findOne({ _id: 1 }))?.v).toBe('29'.repeat(50_000));
    expect(await after.indexes()).toHaveLength(2);
  });

  test('a folder has one owner', async () => {
    const first = await start();
    await expect(startMongoDev({ dataDir })).rejects.toThrow(FolderLocked);
    await first.stop();
    await start();
  });

  test('a write retried after a restart is answered from the log, not repeated', async () => {
    const command = {
      update: 'things',
      updates: [{ q: { _id: 1 }, u: { $inc: { v: 1 } }, upsert: true }],
      lsid: { id: new UUID() },
      txnNumber: 3n,
    };
    for (let attempt = 0; attempt < 2; attempt++) {
      const store = await start();
      const replies = await rawCommand(store.port, { ...command, $db: 'd' });
      expect(replies).toMatchObject({ ok: 1, n: 1, upserted: [{ _id: 1 }] });
      await store.stop();
    }
    expect(await (await things((await start()).uri)).findOne()).toEqual({ _id: 1, v: 1 });
  });

  test('kill -9 loses no acknowledged write, and frees the folder', async () => {
    const { child, uri } = await spawnStore();
    const collection = await things(uri);
    const acknowledged: number[] = [];
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let n = 0; ; n++) {
        const _id = writer * 1_000_000 + n;
        await collection.insertOne({ _id });
        acknowledged.push(_id);
        if (acknowledged.length === 200) child.kill('SIGKILL');
      }
    });
    await Promise.allSettled(writers);
    const recovered = await things((await start()).uri);
    const found = new Set((await recovered.find().toArray()).map(({ _id }) => _id));
    expect(acknowledged.filter((_id) => !found.has(_id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThanOrEqual(200);
  });
});

describe('the process', () => {
  test('says that it is not MongoDB, stays small, and stops cleanly on SIGTERM', async () => {
    const { child, uri, lines } = await spawnStore();
    await (await things(uri)).insertMany(Array.from({ length: 1000 }, (_, _id) => ({ _id, v: 'x'.repeat(200) })));
    expect(lines.join()).toContain('It is not MongoDB');
    // The test runs the TypeScript source: the compiler in Node takes about 25 MiB more than the built form.
    if (process.platform === 'linux') {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      expect(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024).toBeLessThan(120);
    }
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await (await things((await start()).uri)).countDocuments()).toBe(1000);
  });

  test('refuses NODE_ENV=production', async () => {
    const child = spawn(process.execPath, [MAIN, '--port', '0', '--data', dataDir], {
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(said).toContain('NODE_ENV=production');
  });
});

describe('the password', () => {
  test('is asked for by SCRAM-SHA-256', async () => {
    const { uri, port } = await start({ username: 'chef', password: 'p@ss=word,' });
    expect(await (await things(uri)).countDocuments()).toBe(0);
    const wrong = new MongoClient(`mongodb://chef:nope@127.0.0.1:${port}/`);
    await expect(wrong.db('d').command({ ping: 1 })).rejects.toMatchObject({ code: 18 });
    await wrong.close();
    const stranger = new MongoClient(`mongodb://waiter:${encodeURIComponent('p@ss=word,')}@127.0.0.1:${port}/`);
    await expect(stranger.db('d').command({ ping: 1 })).rejects.toMatchObject({ code: 18 });
    await stranger.close();
    const nobody = await client(`mongodb://127.0.0.1:${port}/`);
    await expect(nobody.db('d').collection('things').findOne()).rejects.toMatchObject({ code: 13 });
    await expect(nobody.db('d').collection('things').insertOne({})).rejects.toMatchObject({ code: 13 });
  });

  test('is needed to listen beyond this machine', async () => {
    await expect(startMongoDev({ dataDir, host: '0.0.0.0' })).rejects.toThrow('needs a password');
  });
});

/** One command without a driver, which would put its own session in. */
async function rawCommand(port: number, command: Document): Promise<Document> {
  const body = BSON.serialize(command);
  const header = Buffer.alloc(21);
  for (const [value, at] of [
    [21 + body.length, 0],
    [2013, 12],
  ] as const)
    header.writeInt32LE(value, at);
  const socket = connect(port, '127.0.0.1');
  socket.write(Buffer.concat([header, body]));
  const [reply] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return BSON.deserialize(reply.subarray(21));
}

const MAIN = join(import.meta.dirname, '../src/main.ts');

async function spawnStore(): Promise<{ child: ChildProcess; uri: string; lines: string[] }> {
  const child = spawn(process.execPath, [MAIN, '--port', '0', '--data', dataDir], {
    env: { ...process.env, NODE_ENV: 'development' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanups.push(
    async () =>
      child.exitCode === null && child.signalCode === null && (child.kill('SIGKILL'), await once(child, 'exit')),
  );
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    const port = /listening on 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port) return { child, uri: `mongodb://127.0.0.1:${port}/`, lines };
  }
  throw new Error(`the store did not start: ${lines.join('\n')}`);
}

async function flipLastByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes[bytes.length - 1]! ^= 1;
  await writeFile(path, bytes);
}
