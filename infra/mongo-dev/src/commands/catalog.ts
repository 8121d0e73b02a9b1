import { Long } from 'bson';
import { MongoError } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import type { Doc } from '../values/document.ts';
import { collectionOf, documentAt, namespaceOf, type Command, type Request } from './command.ts';

const create: Command = {
  kind: 'catalog',
  options: [],
  run: async (request) => {
    const namespace = namespaceOf(request);
    if (request.store.collections.has(namespace)) throw new MongoError(48, `Collection ${namespace} already exists.`);
    await request.store.create(namespace);
    return { ok: 1 };
  },
};

const drop: Command = {
  kind: 'catalog',
  options: [],
  run: async (request) => {
    const namespace = namespaceOf(request);
    if (!request.store.collections.has(namespace)) return { ok: 1 };
    request.unit.reserve(namespace);
    const nIndexesWas = collectionOf(request).specs.size;
    await request.store.drop(namespace);
    return { nIndexesWas, ns: namespace, ok: 1 };
  },
};

const dropDatabase: Command = {
  kind: 'catalog',
  options: [],
  run: async (request) => {
    const names = namespacesIn(request);
    for (const namespace of names) request.unit.reserve(namespace);
    await Promise.all(names.map((namespace) => request.store.drop(namespace)));
    return { dropped: request.database, ok: 1 };
  },
};

const listCollections: Command = {
  kind: 'plain',
  options: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'],
  run: (request) => {
    const matches = compileFilter(documentAt(request.command, 'filter'));
    const entries = namespacesIn(request)
      .map((namespace): Doc => ({ name: namespace.slice(request.database.length + 1), type: 'collection' }))
      .map((entry): Doc =>
        request.command.nameOnly === true ? entry : { ...entry, options: {}, info: { readOnly: false } },
      )
      .filter(matches);
    return request.cursors.first(`${request.database}.$cmd.listCollections`, entries, Infinity);
  },
};

const listDatabases: Command = {
  kind: 'plain',
  options: ['filter', 'nameOnly', 'authorizedDatabases'],
  run: ({ store, command }) => {
    const names = new Set([...store.collections.keys()].map((namespace) => namespace.slice(0, namespace.indexOf('.'))));
    const matches = compileFilter(documentAt(command, 'filter'));
    const databases = [...names].map((name): Doc => ({ name, sizeOnDisk: Long.ZERO, empty: false })).filter(matches);
    return { databases, totalSize: Long.ZERO, ok: 1 };
  },
};

function namespacesIn({ store, database }: Request): string[] {
  return [...store.collections.keys()].filter((namespace) => namespace.startsWith(`${database}.`));
}

export const catalog: Record<string, Command> = { create, drop, dropDatabase, listCollections, listDatabases };
