import type { Draft } from './draft.ts';
import { hasFields, type FieldDeclaration } from './model.ts';

/** Decides which fields fail, and which are hidden from clients; tags some. */
export function finishFields(draft: Draft): void {
  const { random } = draft;
  const ofInterfaces = new Set<string>();
  const declared = new Map<string, { field: FieldDeclaration; kind: string }[]>();
  for (const { types } of draft.subgraphs) {
    for (const type of types) {
      if (!hasFields(type)) continue;
      if (type.kind.startsWith('interface')) for (const { name } of type.fields) ofInterfaces.add(name);
      for (const field of type.fields) {
        const coordinate = `${type.name}.${field.name}`;
        declared.set(coordinate, [...(declared.get(coordinate) ?? []), { field, kind: type.kind }]);
      }
    }
  }
  for (const [coordinate, declarations] of declared) {
    const [first] = declarations;
    if (!first) continue;
    const { name } = first.field;
    const isSlot = coordinate.startsWith('Slot.');
    const differ = declarations.some(({ field }) => field.type !== first.field.type);
    const isKey = declarations.some(({ field }) => field.role === 'key');
    if (!isKey && !isSlot && !differ && !draft.required.has(coordinate) && random.happens(0.25)) {
      for (const { field } of declarations) field.fails = true;
    }
    const mayHide = first.kind === 'entity' && !ofInterfaces.has(name);
    const marked = declarations.find(({ field }) => field.role !== 'external')?.field;
    if (marked && mayHide && random.happens(isKey ? 0.05 : 0.1)) marked.inaccessible = true;
    if (marked && random.happens(0.05)) marked.tag = 'odd';
  }
}
