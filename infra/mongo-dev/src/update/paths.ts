import { MongoError, notImplemented } from '../errors.ts';
import { define, isDocument, type Doc } from '../values/document.ts';
import { own } from '../values/path.ts';

/** Where a path ends inside a document that may be changed. */
export interface Slot {
  get(): unknown;
  set(value: unknown): void;
  unset(): void;
}

/** Finds the slot of an update path; `create` builds the documents on the way. Undefined when the way ends early. */
export function slotAt(doc: Doc, path: string, create: boolean): Slot | undefined {
  const parts = path.split('.');
  if (parts.includes('')) throw new MongoError(2, `The update path '${path}' contains an empty field name`);
  const positional = parts.find((part) => part.startsWith('$'));
  if (positional) throw notImplemented(`the positional operator ${positional} in update path '${path}'`);
  if (parts.includes('__proto__')) throw notImplemented(`the field name __proto__ in update path '${path}'`);
  let holder: unknown = doc;
  for (const part of parts.slice(0, -1)) {
    let next = child(holder, part);
    if (next === undefined) {
      if (!create) return undefined;
      next = {};
      put(holder, part, next, path);
    }
    holder = next;
  }
  const last = parts.at(-1)!;
  if (!isDocument(holder) && !Array.isArray(holder)) {
    if (!create) return undefined;
    throw notViable(path);
  }
  const target = holder;
  return {
    get: () => child(target, last),
    set: (value) => put(target, last, value, path),
    unset: () => {
      if (!Array.isArray(target)) delete target[last];
      else if (Number(last) < target.length) target[Number(last)] = null;
    },
  };
}

function child(holder: unknown, part: string): unknown {
  if (Array.isArray(holder)) return /^\d+$/.test(part) ? holder[Number(part)] : undefined;
  return isDocument(holder) ? own(holder, part) : undefined;
}

function put(holder: unknown, part: string, value: unknown, path: string): void {
  if (isDocument(holder)) define(holder, part, value);
  else if (Array.isArray(holder) && /^\d{1,6}$/.test(part)) {
    while (holder.length < Number(part)) holder.push(null);
    holder[Number(part)] = value;
  } else throw notViable(path);
}

const notViable = (path: string) =>
  new MongoError(28, `Cannot create field in the way of '${path}': an element on it is not a document`);
