import { calculateObjectSize, ObjectId } from 'bson';
import { MongoError } from '../errors.ts';
import { matching } from '../aggregate/pipeline.ts';
import { sortDocuments } from '../query/sort.ts';
import { applyUpdate, upserted } from '../update/apply-update.ts';
import { bsonType, encode, type Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import { collectionOf, type Request } from './command.ts';

const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** Stages the insertion of one document; gives it an `_id` when it has none. */
export function insertDocument(request: Request, given: Doc): Doc {
  const { _id = new ObjectId(), ...rest } = given;
  const doc = { _id, ...rest };
  const dollar = Object.keys(doc).find((key) => key.startsWith('$'));
  if (dollar) throw new MongoError(52, `The dollar ($) prefixed field '${dollar}' is not valid for storage here`);
  if (Array.isArray(_id) || bsonType(_id) === 'BSONRegExp')
    throw new MongoError(2, `The '_id' value cannot be of type ${Array.isArray(_id) ? 'array' : 'regex'}`);
  const collection = collectionOf(request);
  const id = keyOf(_id);
  refuseTooLarge(doc);
  if (request.unit.get(collection, id)) {
    throw new MongoError(
      11000,
      `E11000 duplicate key error collection: ${collection.namespace} index: _id_ dup key: { _id: ${JSON.stringify(_id)} }`,
      {
        keyPattern: { _id: 1 },
        keyValue: { _id },
      },
    );
  }
  request.unit.stage(collection, id, doc);
  return doc;
}

/** The documents of a filter with their ids, at most one unless `multi`. */
export function select(request: Request, filter: Doc, multi: boolean, sort: Doc = {}): [string, Doc][] {
  const { found } = matching({ ...request, collection: collectionOf(request) }, filter);
  if (multi) return found;
  const sorted = sortDocuments(
    found.map(([, doc]) => doc),
    sort,
  );
  return sorted.slice(0, 1).map((doc) => [keyOf(doc._id), doc]);
}

/** Stages an update. Returns the new document and whether a byte of it differs. */
export function updateDocument(
  request: Request,
  id: string,
  doc: Doc,
  update: unknown,
): { doc: Doc; changed: boolean } {
  const updated = applyUpdate(doc, update);
  if (Buffer.compare(encode(doc), encode(updated)) === 0) return { doc, changed: false };
  refuseTooLarge(updated);
  request.unit.stage(collectionOf(request), id, updated);
  return { doc: updated, changed: true };
}

export function removeDocument(request: Request, id: string): void {
  request.unit.stage(collectionOf(request), id, null);
}

export function upsertDocument(request: Request, filter: Doc, update: unknown): Doc {
  return insertDocument(request, upserted(filter, update));
}

function refuseTooLarge(doc: Doc): void {
  const bytes = calculateObjectSize(doc);
  if (bytes > MAX_DOCUMENT_BYTES)
    throw new MongoError(10334, `BSONObj size: ${bytes} is larger than ${MAX_DOCUMENT_BYTES}`);
}
