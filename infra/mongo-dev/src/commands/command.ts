import type { Collection } from '../store/collection.ts';
import { MongoError, notImplemented } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Unit } from '../store/unit.ts';
import type { Doc } from '../values/document.ts';
import type { Connection } from '../wire/server.ts';
import type { Cursors } from './cursors.ts';

/** One command on its way, with the unit of work that it runs in. */
export interface Request {
  readonly name: string;
  readonly command: Doc;
  readonly database: string;
  readonly unit: Unit;
  readonly store: Store;
  readonly cursors: Cursors;
  readonly connection: Connection;
}

export interface Command {
  /**
   * `read` and `write` run in a unit of work (a transaction's when the client is in one); `catalog` changes
   * collections and indexes and is refused in a transaction; `plain` touches no data.
   */
  readonly kind: 'read' | 'write' | 'catalog' | 'plain';
  /** The options that are honoured, or that change only speed. Any other is refused by name. */
  readonly options: readonly string[];
  /** Answers even before the client has authenticated. */
  readonly open?: boolean;
  run(request: Request): Doc | Promise<Doc>;
}

/** Options that every command may carry. */
const GENERIC = new Set([
  '$db',
  '$clusterTime',
  '$readPreference',
  'lsid',
  'txnNumber',
  'startTransaction',
  'autocommit',
  'readConcern',
  'writeConcern',
  'comment',
  'maxTimeMS',
  'stmtId',
  'stmtIds',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
]);

export function refuseUnknownOptions(name: string, command: Command, given: Doc): void {
  const unknown = Object.keys(given).find((key) => key !== name && !GENERIC.has(key) && !command.options.includes(key));
  if (unknown) throw notImplemented(`option '${unknown}' of the command ${name}`);
}

/** The namespace that a command's first field names, as `database.collection`. */
export function namespaceOf({ name, command, database }: Request): string {
  const collection = command[name];
  if (typeof collection !== 'string' || collection === '' || collection.includes('\0')) {
    throw new MongoError(73, `Invalid namespace specified '${database}.${String(collection)}'`);
  }
  return `${database}.${collection}`;
}

export function collectionOf(request: Request): Collection {
  return request.store.collection(namespaceOf(request));
}

/** A number that clients may send as a Long. */
export function integer(value: unknown, name: string): number {
  const number = Number(value ?? 0);
  if (!Number.isInteger(number) || number < 0) throw new MongoError(2, `'${name}' must be a non-negative integer`);
  return number;
}

/** A document option; absent is empty. */
export function documentAt(command: Doc, name: string): Doc {
  return (command[name] ?? {}) as Doc;
}
