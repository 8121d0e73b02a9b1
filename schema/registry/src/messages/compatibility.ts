/** JSON Schema, as far as message contracts use it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

export interface MessageFault {
  /** Where in the payload, e.g. `/lines/0/quantity` is `/lines/each/quantity`; '' for all of it. */
  readonly at: string;
  readonly message: string;
}

const REFUSES = 'what waits in outboxes, queues and dead letters would be refused';
const SURPRISES = 'consumers that are not deployed yet would refuse it';

/**
 * What makes a changed contract another one: payloads that were valid and are not any more, and payloads that become
 * valid and that older consumers refuse. Whoever needs either adds the next version beside it.
 */
export function incompatibilities(before: JsonSchema, after: JsonSchema, at = ''): MessageFault[] {
  const faults: MessageFault[] = [];
  const differ = (message: string) => faults.push({ at, message });
  for (const keyword of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (annotations.has(keyword) || structural.has(keyword)) continue;
    const [was, is] = [before[keyword], after[keyword]];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    differ(`${keyword} was ${show(was)} and is ${show(is)}: ${effectOf(keyword, was, is)}`);
  }
  faults.push(...propertyFaults(before, after, at));
  if (isSchema(before['items']) && isSchema(after['items'])) {
    faults.push(...incompatibilities(before['items'], after['items'], `${at}/each`));
  } else if ('items' in before !== 'items' in after) differ(`what the list holds is told otherwise: ${REFUSES}`);
  for (const keyword of ['anyOf', 'oneOf', 'allOf'] as const) faults.push(...branchFaults(keyword, before, after, at));
  return faults;
}

/** They say something to people and nothing about what is valid. */
const annotations = new Set(['$schema', '$id', 'title', 'description', 'examples', 'deprecated', '$comment']);
const structural = new Set(['properties', 'required', 'items', 'anyOf', 'oneOf', 'allOf']);

function propertyFaults(before: JsonSchema, after: JsonSchema, at: string): MessageFault[] {
  const [was, is] = [propertiesOf(before), propertiesOf(after)];
  const [needed, needs] = [requiredOf(before), requiredOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((name): MessageFault[] => {
    const place = `${at}/${name}`;
    const [old, now] = [was[name], is[name]];
    if (!old) {
      const effect = needs.has(name) ? REFUSES : SURPRISES;
      return [{ at: place, message: `a ${needs.has(name) ? 'required' : 'new'} property: ${effect}` }];
    }
    if (!now) return [{ at: place, message: `the property is gone: ${REFUSES}` }];
    const faults = incompatibilities(old, now, place);
    if (needs.has(name) && !needed.has(name)) faults.push({ at: place, message: `is required now: ${REFUSES}` });
    if (!needs.has(name) && needed.has(name)) faults.push({ at: place, message: `is optional now: ${SURPRISES}` });
    return faults;
  });
}

function branchFaults(keyword: string, before: JsonSchema, after: JsonSchema, at: string): MessageFault[] {
  const [was, is] = [branchesOf(before, keyword), branchesOf(after, keyword)];
  if (was.length !== is.length) {
    const effect = is.length > was.length ? SURPRISES : REFUSES;
    return [{ at, message: `${keyword} had ${was.length} forms and has ${is.length}: ${effect}` }];
  }
  return was.flatMap((old, index) => incompatibilities(old, is[index] as JsonSchema, at));
}

/** Which of the two it is, where the keyword orders its values; both otherwise. */
function effectOf(keyword: string, was: unknown, is: unknown): string {
  const widens = (larger: boolean) => (larger ? SURPRISES : REFUSES);
  if (Array.isArray(was) && Array.isArray(is)) {
    const kept = was.every((value) => is.includes(value));
    if (kept || is.every((value) => was.includes(value))) return widens(kept);
  }
  if (keyword.startsWith('max') || keyword === 'exclusiveMaximum')
    return widens(limit(is, Infinity) > limit(was, Infinity));
  if (keyword.startsWith('min') || keyword === 'exclusiveMinimum')
    return widens(limit(is, -Infinity) < limit(was, -Infinity));
  return REFUSES;
}

const limit = (value: unknown, none: number): number => (typeof value === 'number' ? value : none);
const show = (value: unknown): string => (value === undefined ? 'absent' : JSON.stringify(value));
const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const propertiesOf = ({ properties }: JsonSchema): Record<string, JsonSchema> =>
  isSchema(properties) ? (properties as Record<string, JsonSchema>) : {};
const requiredOf = ({ required }: JsonSchema): ReadonlySet<string> =>
  new Set(Array.isArray(required) ? (required as string[]) : []);
const branchesOf = (schema: JsonSchema, keyword: string): readonly JsonSchema[] =>
  Array.isArray(schema[keyword]) ? (schema[keyword] as JsonSchema[]) : [];
