import { notImplemented } from '../errors.ts';
import { matching, runPipeline, type View } from '../aggregate/pipeline.ts';
import { compileProjection } from '../query/projection.ts';
import { sortDocuments } from '../query/sort.ts';
import { isDocument, type Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import { valuesAt } from '../values/path.ts';
import { collectionOf, documentAt, integer, namespaceOf, type Command, type Request } from './command.ts';

const viewOf = (request: Request): View => ({ ...request, collection: collectionOf(request) });

const batchSize = (value: unknown) => (value === undefined ? undefined : integer(value, 'batchSize'));

const find: Command = {
  kind: 'read',
  // A hint, disk use and cursor timeouts change the speed of an answer, not the answer.
  options: [
    'filter',
    'sort',
    'projection',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'hint',
    'noCursorTimeout',
    'allowDiskUse',
  ],
  run: (request) => {
    const { command } = request;
    const { found, search } = matching(viewOf(request), documentAt(command, 'filter'));
    const score = search && ((doc: Doc) => search.score(doc));
    const project = compileProjection(documentAt(command, 'projection'), score);
    const sorted = sortDocuments(
      found.map(([, doc]) => doc),
      documentAt(command, 'sort'),
      score,
    );
    const docs = page(sorted, command).map(project);
    return request.cursors.first(
      namespaceOf(request),
      docs,
      batchSize(command.batchSize),
      command.singleBatch === true,
    );
  },
};

const aggregate: Command = {
  kind: 'read',
  options: ['pipeline', 'cursor', 'hint', 'allowDiskUse'],
  run: (request) => {
    if (typeof request.command.aggregate !== 'string') throw notImplemented('an aggregation over a database');
    const docs = runPipeline(viewOf(request), request.command.pipeline);
    const cursor = request.command.cursor;
    return request.cursors.first(
      namespaceOf(request),
      docs,
      batchSize(isDocument(cursor) ? cursor.batchSize : undefined),
    );
  },
};

const count: Command = {
  kind: 'read',
  options: ['query', 'skip', 'limit', 'hint', 'fields'],
  run: (request) => {
    const { found } = matching(viewOf(request), documentAt(request.command, 'query'));
    return { n: page(found, request.command).length, ok: 1 };
  },
};

const distinct: Command = {
  kind: 'read',
  options: ['key', 'query'],
  run: (request) => {
    const { found } = matching(viewOf(request), documentAt(request.command, 'query'));
    const values = found.flatMap(([, doc]) =>
      valuesAt(doc, String(request.command.key))
        .flat()
        .filter((value) => value !== undefined),
    );
    return { values: [...new Map(values.map((value) => [keyOf(value), value])).values()], ok: 1 };
  },
};

const getMore: Command = {
  kind: 'plain',
  options: ['collection', 'batchSize'],
  run: ({ command, cursors }) => cursors.next(command.getMore, batchSize(command.batchSize) || undefined),
};

const killCursors: Command = {
  kind: 'plain',
  options: ['cursors'],
  run: ({ command, cursors }) => {
    const ids = (command.cursors ?? []) as unknown[];
    const killed = ids.filter((id) => cursors.kill(id));
    return {
      cursorsKilled: killed,
      cursorsNotFound: ids.filter((id) => !killed.includes(id)),
      cursorsAlive: [],
      cursorsUnknown: [],
      ok: 1,
    };
  },
};

/** A limit of 0 means all. */
function page<T>(list: T[], command: Doc): T[] {
  const skip = integer(command.skip, 'skip');
  const limit = integer(command.limit, 'limit');
  return skip === 0 && limit === 0 ? list : list.slice(skip, limit === 0 ? undefined : skip + limit);
}

export const reads: Record<string, Command> = { find, aggregate, count, distinct, getMore, killCursors };
