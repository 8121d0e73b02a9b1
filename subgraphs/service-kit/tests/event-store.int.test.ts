import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SpanKind } from '@opentelemetry/api';
import { Migration } from '@mikro-orm/migrations';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import {
  ConcurrencyConflict,
  EventStore,
  connectPostgres,
  createLogger,
  createTracing,
  currentTraceId,
  eventStoreTables,
  eventStoreTraces,
  migratePostgres,
  type EntityManager,
  type PostgresOrm,
} from '../src/index.ts';
import { serverUrl, testNamespace } from './test-runtime.ts';

class Events extends Migration {
  override up(): void {
    for (const statement of [...eventStoreTables, ...eventStoreTraces]) this.addSql(statement);
  }
}
const Unused = defineEntity({ name: 'Unused', properties: { id: p.integer().primary() } });

type LampEvent = { type: 'Switched'; on: boolean } | { type: 'Dimmed'; percent: number };

describe('streams of events', () => {
  let orm: PostgresOrm;
  const store = new EventStore<LampEvent>();
  const meta = { correlationId: 'c-1', causationId: 'm-1' };
  const inTransaction = <T>(work: (tx: EntityManager) => Promise<T>) => orm.em.fork().transactional(work);
  const append = (id: string, version: number, ...events: LampEvent[]) =>
    inTransaction((tx) => store.append(tx, id, version, events, meta));
  const versions = async (id: string) =>
    (await inTransaction((tx) => store.read(tx, id))).map(({ version }) => version);

  beforeAll(async () => {
    const options = {
      url: serverUrl('POSTGRES_URL'),
      database: testNamespace(),
      entities: [Unused],
      migrations: [Events],
      log: createLogger('test', 'silent'),
    };
    await migratePostgres(options);
    orm = await connectPostgres(options);
  });
  afterAll(() => orm.close(true));

  test('an event comes back as it was appended, with its place, time and cause', async () => {
    const id = uuidv7();
    const appended = await append(id, 0, { type: 'Switched', on: true }, { type: 'Dimmed', percent: 40 });
    expect(await inTransaction((tx) => store.read(tx, id))).toEqual(appended);
    const untraced = { ...meta, traceId: null };
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(appended).toEqual([
      {
        streamId: id,
        version: 1,
        position: expect.any(Number),
        event: { type: 'Switched', on: true },
        at,
        ...untraced,
      },
      {
        streamId: id,
        version: 2,
        position: expect.any(Number),
        event: { type: 'Dimmed', percent: 40 },
        at,
        ...untraced,
      },
    ]);
    expect(appended[1]?.position).toBeGreaterThan(appended[0]?.position ?? 0);
  });

  test('an event keeps the trace in which it was recorded', async () => {
    const id = uuidv7();
    const { span } = createTracing('test');
    const traceId = await span('switch', { kind: SpanKind.INTERNAL }, async () => {
      await append(id, 0, { type: 'Switched', on: true });
      return currentTraceId();
    });
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(await inTransaction((tx) => store.read(tx, id))).toMatchObject([{ traceId }]);
  });

  test('a stream that nobody wrote is empty, and appending nothing does nothing', async () => {
    const id = uuidv7();
    expect(await append(id, 0)).toEqual([]);
    expect(await versions(id)).toEqual([]);
  });

  test('of writers that read the same version exactly one wins', async () => {
    const id = uuidv7();
    await append(id, 0, { type: 'Switched', on: true });
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, (_, percent) => append(id, 1, { type: 'Dimmed', percent })),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(5);
    for (const { reason } of lost) expect(reason).toBeInstanceOf(ConcurrencyConflict);
    expect(await versions(id)).toEqual([1, 2]);
  });

  test('versions stay gapless when many writers retry', async () => {
    const id = uuidv7();
    const write = async (): Promise<void> => {
      const version = (await versions(id)).length;
      await append(id, version, { type: 'Switched', on: true }, { type: 'Switched', on: false }).catch(
        (error: unknown) => {
          if (!(error instanceof ConcurrencyConflict)) throw error;
          return write();
        },
      );
    };
    await Promise.all(Array.from({ length: 6 }, write));
    expect(await versions(id)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
  });

  test('a transaction that fails leaves no event', async () => {
    const id = uuidv7();
    await expect(
      inTransaction(async (tx) => {
        await store.append(tx, id, 0, [{ type: 'Switched', on: true }], meta);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await versions(id)).toEqual([]);
  });

  test('many streams are read whole, in the order asked for', async () => {
    const [one, two, none] = [uuidv7(), uuidv7(), uuidv7()];
    await append(one, 0, { type: 'Switched', on: true });
    await append(two, 0, { type: 'Switched', on: true }, { type: 'Dimmed', percent: 5 });
    await append(one, 1, { type: 'Switched', on: false });
    const streams = await inTransaction((tx) => store.readMany(tx, [two, none, one]));
    expect(streams.map((stream) => stream.map(({ streamId, version }) => [streamId, version]))).toEqual([
      [
        [two, 1],
        [two, 2],
      ],
      [],
      [
        [one, 1],
        [one, 2],
      ],
    ]);
  });

  test('events of an older schema are read as those of today, and written ones carry their version', async () => {
    const id = uuidv7();
    const today = new EventStore<LampEvent>({
      current: { Dimmed: 2 },
      upcast: (type, version, data) =>
        type === 'Dimmed' && version === 1 ? { percent: Number(data.fraction) * 100 } : data,
    });
    await inTransaction(async (tx) => {
      const old = new EventStore<{ type: 'Dimmed'; fraction: number }>();
      await old.append(tx, id, 0, [{ type: 'Dimmed', fraction: 0.5 }], meta);
      await today.append(tx, id, 1, [{ type: 'Dimmed', percent: 70 }], meta);
    });
    const events = await inTransaction((tx) => today.read(tx, id));
    expect(events.map(({ event }) => event)).toEqual([
      { type: 'Dimmed', percent: 50 },
      { type: 'Dimmed', percent: 70 },
    ]);
  });
});
