import { isDocument, type Doc } from './document.ts';

/**
 * Every value that a query path reaches in a document, through arrays on the way. A missing field yields
 * `undefined`; scalars and empty arrays inside a traversed array yield nothing, as in MongoDB.
 */
export function valuesAt(doc: unknown, path: string): unknown[] {
  const found: unknown[] = [];
  collect(doc, path.split('.'), 0, found);
  return found;
}

function collect(value: unknown, parts: string[], depth: number, found: unknown[]): void {
  const part = parts[depth];
  if (part === undefined) found.push(value);
  else if (isDocument(value)) collect(own(value, part), parts, depth + 1, found);
  else if (Array.isArray(value)) {
    if (/^\d+$/.test(part) && Number(part) < value.length) collect(value[Number(part)], parts, depth + 1, found);
    for (const element of value) if (isDocument(element)) collect(element, parts, depth, found);
  } else found.push(undefined);
}

/** An own field only: `constructor` and its like are absent unless the document has them. */
export function own(doc: Doc, field: string): unknown {
  return Object.hasOwn(doc, field) ? doc[field] : undefined;
}
