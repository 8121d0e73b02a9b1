import { MongoError, notImplemented } from '../errors.ts';
import { compileProjection } from '../query/projection.ts';
import type { Doc } from '../values/document.ts';
import { insertDocument, removeDocument, select, updateDocument, upsertDocument } from './change.ts';
import { documentAt, namespaceOf, type Command, type Request } from './command.ts';

const insert: Command = {
  kind: 'write',
  options: ['documents', 'ordered', 'bypassDocumentValidation'],
  run: (request) => {
    namespaceOf(request);
    let n = 0;
    const writeErrors = eachStatement(request, 'documents', (doc) => {
      insertDocument(request, doc);
      n++;
    });
    return { n, ...writeErrors, ok: 1 };
  },
};

const update: Command = {
  kind: 'write',
  options: ['updates', 'ordered', 'bypassDocumentValidation'],
  run: (request) => {
    namespaceOf(request);
    let n = 0;
    let nModified = 0;
    const upserts: Doc[] = [];
    const writeErrors = eachStatement(request, 'updates', (statement, index) => {
      const { q, u, multi = false, upsert = false, hint: _, sort, ...others } = statement;
      refuseStatement('update', others);
      if (multi && u && !Object.keys(u)[0]?.startsWith('$'))
        throw new MongoError(9, 'multi update is not supported for replacement-style update');
      const found = select(request, q as Doc, multi === true, sort as Doc);
      for (const [id, doc] of found) if (updateDocument(request, id, doc, u).changed) nModified++;
      n += found.length;
      if (found.length > 0 || upsert !== true) return;
      upserts.push({ index, _id: upsertDocument(request, q as Doc, u)._id });
      n++;
    });
    return { n, nModified, ...(upserts.length > 0 ? { upserted: upserts } : {}), ...writeErrors, ok: 1 };
  },
};

const remove: Command = {
  kind: 'write',
  options: ['deletes', 'ordered'],
  run: (request) => {
    namespaceOf(request);
    let n = 0;
    const writeErrors = eachStatement(request, 'deletes', (statement) => {
      const { q, limit, hint: _, ...others } = statement;
      refuseStatement('delete', others);
      for (const [id] of select(request, q as Doc, limit !== 1)) {
        removeDocument(request, id);
        n++;
      }
    });
    return { n, ...writeErrors, ok: 1 };
  },
};

const findAndModify: Command = {
  kind: 'write',
  options: ['query', 'update', 'remove', 'new', 'upsert', 'sort', 'fields', 'hint', 'bypassDocumentValidation'],
  run: (request) => {
    const { command } = request;
    const query = documentAt(command, 'query');
    const project = compileProjection(documentAt(command, 'fields'));
    const [found] = select(request, query, false, documentAt(command, 'sort'));
    if (command.remove === true) {
      if (found) removeDocument(request, found[0]);
      return { lastErrorObject: { n: found ? 1 : 0 }, value: found ? project(found[1]) : null, ok: 1 };
    }
    if (found) {
      const { doc } = updateDocument(request, found[0], found[1], command.update);
      return {
        lastErrorObject: { n: 1, updatedExisting: true },
        value: project(command.new === true ? doc : found[1]),
        ok: 1,
      };
    }
    if (command.upsert !== true) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 };
    const doc = upsertDocument(request, query, command.update);
    return {
      lastErrorObject: { n: 1, updatedExisting: false, upserted: doc._id },
      value: command.new === true ? project(doc) : null,
      ok: 1,
    };
  },
};

/**
 * Runs each statement of a batch. A failed one becomes a write error; an ordered batch ends there. Conflicts
 * and waits concern the whole command and pass through.
 */
function eachStatement(
  request: Request,
  field: string,
  run: (statement: Doc, index: number) => void,
): { writeErrors?: Doc[] } {
  const statements = request.command[field];
  if (!Array.isArray(statements) || statements.length === 0)
    throw new MongoError(2, `'${field}' must be a nonempty array`);
  const writeErrors: Doc[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement as Doc, index);
    } catch (error) {
      if (!(error instanceof MongoError) || error.code === 112) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details });
      if (request.command.ordered !== false) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

function refuseStatement(name: string, others: Doc): void {
  const unknown = Object.keys(others)[0];
  if (unknown) throw notImplemented(`option '${unknown}' of an ${name} statement`);
}

export const writes: Record<string, Command> = {
  insert,
  update,
  delete: remove,
  findAndModify,
  findandmodify: findAndModify,
};
