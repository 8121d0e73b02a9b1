import { ConcurrencyConflict } from '../errors/delivery-errors.ts';
import { currentTraceId } from '../observe/tracing.ts';
import type { EntityManager } from '../postgres/connect-postgres.ts';

export interface DomainEvent {
  readonly type: string;
}

/** An event as it stands in the store. `version` counts from 1 without gaps in its stream. */
export interface RecordedEvent<E extends DomainEvent> {
  streamId: string;
  version: number;
  /** Order of recording over all streams; has gaps. */
  position: number;
  event: E;
  /** ISO 8601 UTC. */
  at: string;
  correlationId: string;
  causationId: string;
  /** Of the work that recorded it, where that was traced. */
  traceId: string | null;
}

/**
 * Turns the stored data of an older schema version into today's. `schemaVersion` of every event written now is
 * `current[type]`, or 1.
 */
export interface EventEvolution {
  current: Readonly<Record<string, number>>;
  upcast(type: string, schemaVersion: number, data: Record<string, unknown>): Record<string, unknown>;
}

/** The table of events; a service's first migration adds it. */
export const eventStoreTables = [
  `create table events (
     position bigint generated always as identity unique,
     stream_id uuid not null,
     version int not null check (version > 0),
     type text not null,
     schema_version int not null default 1,
     data jsonb not null,
     at timestamptz not null,
     correlation_id text not null,
     causation_id text not null,
     primary key (stream_id, version)
   )`,
] as const;

/** What events have beside since traces are kept; a migration after the one with the tables adds it. */
export const eventStoreTraces = ['alter table events add column trace_id text'] as const;

interface Row {
  position: string;
  stream_id: string;
  version: number;
  type: string;
  schema_version: number;
  data: Record<string, unknown>;
  at: string;
  correlation_id: string;
  causation_id: string;
  trace_id: string | null;
}

const COLUMNS = `position, stream_id, version, type, schema_version, data,
  to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, correlation_id, causation_id, trace_id`;
const UNIQUE_VIOLATION = '23505';
const noEvolution: EventEvolution = { current: {}, upcast: (_type, _version, data) => data };

/** Streams of events in PostgreSQL: appended with the version that the writer had read, never changed afterwards. */
export class EventStore<E extends DomainEvent> {
  constructor(private readonly evolution: EventEvolution = noEvolution) {}

  async read(tx: EntityManager, streamId: string): Promise<RecordedEvent<E>[]> {
    const rows = await tx.execute<Row[]>(`select ${COLUMNS} from events where stream_id = ? order by version`, [
      streamId,
    ]);
    return rows.map((row) => this.#recorded(row));
  }

  /** Many whole streams at once, in the order of `streamIds`. For rebuilding read models. */
  async readMany(tx: EntityManager, streamIds: readonly string[]): Promise<RecordedEvent<E>[][]> {
    const rows = await tx.execute<Row[]>(
      `select ${COLUMNS} from events where stream_id = any(?::uuid[]) order by stream_id, version`,
      [`{${streamIds.join(',')}}`],
    );
    const streams = Map.groupBy(rows, (row) => row.stream_id);
    return streamIds.map((id) => (streams.get(id) ?? []).map((row) => this.#recorded(row)));
  }

  /**
   * Appends events after `expectedVersion` (0 for a new stream). Their time is the database's: services' clocks differ.
   * Their trace is that of the active span.
   * @throws ConcurrencyConflict when the stream has grown meanwhile
   */
  async append(
    tx: EntityManager,
    streamId: string,
    expectedVersion: number,
    events: readonly E[],
    meta: { correlationId: string; causationId: string },
  ): Promise<RecordedEvent<E>[]> {
    if (events.length === 0) return [];
    const rows = events.map(({ type, ...data }, index) => ({
      version: expectedVersion + index + 1,
      type,
      schema_version: this.evolution.current[type] ?? 1,
      data,
    }));
    try {
      const recorded = await tx.execute<Row[]>(
        `insert into events
           (stream_id, version, type, schema_version, data, at, correlation_id, causation_id, trace_id)
         select ?::uuid, r.version, r.type, r.schema_version, r.data, statement_timestamp(), ?, ?, ?::text
         from jsonb_to_recordset(?::jsonb) as r(version int, type text, schema_version int, data jsonb)
         order by r.version
         returning ${COLUMNS}`,
        [streamId, meta.correlationId, meta.causationId, currentTraceId() ?? null, JSON.stringify(rows)],
      );
      return recorded.map((row) => this.#recorded(row));
    } catch (error) {
      if ((error as { code?: string }).code === UNIQUE_VIOLATION) {
        throw new ConcurrencyConflict(`stream ${streamId} has grown past version ${expectedVersion}`);
      }
      throw error;
    }
  }

  #recorded(row: Row): RecordedEvent<E> {
    const data = this.evolution.upcast(row.type, row.schema_version, row.data);
    return {
      streamId: row.stream_id,
      version: row.version,
      position: Number(row.position),
      event: { type: row.type, ...data } as unknown as E,
      at: row.at,
      correlationId: row.correlation_id,
      causationId: row.causation_id,
      traceId: row.trace_id,
    };
  }
}
