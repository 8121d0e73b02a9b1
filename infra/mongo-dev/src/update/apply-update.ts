import { ObjectId } from 'bson';
import { MongoError, notImplemented } from '../errors.ts';
import { isOperators } from '../query/match.ts';
import { copy, isDocument, type Doc } from '../values/document.ts';
import { equalValues } from '../values/order.ts';
import { updateOperators } from './operators.ts';
import { slotAt } from './paths.ts';

/** The document after an update or a replacement; the given one is left alone. Throws code 66 when `_id` would change. */
export function applyUpdate(doc: Doc, update: unknown, inserting = false): Doc {
  if (Array.isArray(update)) throw notImplemented('an update given as an aggregation pipeline');
  if (!isDocument(update)) throw new MongoError(9, 'an update must be a document');
  const result = isOperators(update) ? modify(copy(doc), update, inserting) : replace(doc, update);
  if ('_id' in doc && !equalValues(doc._id, result._id)) {
    throw new MongoError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  return result;
}

/** The document that an upsert inserts: the filter's equalities, then the update, with `_id` first. */
export function upserted(filter: Doc, update: unknown): Doc {
  const base: Doc = {};
  for (const [path, value] of equalities(filter)) {
    if (isOperators(update) || path === '_id') slotAt(base, path, true)!.set(value);
  }
  const { _id = new ObjectId(), ...rest } = applyUpdate(base, update, true);
  return { _id, ...rest };
}

function equalities(filter: Doc): [string, unknown][] {
  return Object.entries(filter).flatMap(([key, value]): [string, unknown][] => {
    if (key === '$and') return (value as Doc[]).flatMap(equalities);
    if (key.startsWith('$')) return [];
    if (!isOperators(value)) return [[key, value]];
    return '$eq' in value ? [[key, value.$eq]] : [];
  });
}

function replace(doc: Doc, replacement: Doc): Doc {
  const operator = Object.keys(replacement).find((key) => key.startsWith('$'));
  if (operator) throw new MongoError(52, `The dollar ($) prefixed field '${operator}' is not allowed in a replacement`);
  const _id = '_id' in replacement ? replacement._id : doc._id;
  return _id === undefined ? { ...replacement } : { _id, ...replacement };
}

function modify(doc: Doc, update: Doc, inserting: boolean): Doc {
  const paths: string[] = [];
  for (const [name, changes] of Object.entries(update)) {
    const operator = Object.hasOwn(updateOperators, name) ? updateOperators[name] : undefined;
    if (!operator) throw notImplemented(`update operator ${name}`);
    if (!isDocument(changes)) throw new MongoError(9, `Modifiers operate on fields but ${name} was given no document`);
    for (const [path, operand] of Object.entries(changes)) {
      refuseConflict(paths, path);
      paths.push(path);
      if (name !== '$setOnInsert' || inserting) operator(doc, path, operand);
    }
  }
  return doc;
}

function refuseConflict(paths: string[], path: string): void {
  const clash = paths.find((other) => other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`));
  if (clash) throw new MongoError(40, `Updating the path '${path}' would create a conflict at '${clash}'`);
}
