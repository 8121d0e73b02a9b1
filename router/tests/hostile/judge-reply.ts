import type { Reply } from './hostile-world.ts';

const isInteger = (value: unknown) => Number.isInteger(value);
/** What a leaf may be, by its name in the operations; an oracle that knows nothing of the router. */
const fits: Readonly<Record<string, (value: unknown) => boolean>> = {
  id: (value) => typeof value === 'string' || isInteger(value),
  text: (value) => typeof value === 'string',
  name: (value) => typeof value === 'string',
  extra: (value) => typeof value === 'string',
  count: isInteger,
  level: isInteger,
  ratio: (value) => typeof value === 'number',
  flag: (value) => typeof value === 'boolean',
  kind: (value) => value === 'SWEET' || value === 'SOUR',
  list: (value) =>
    Array.isArray(value) && value.every((one) => one === null || (Array.isArray(one) && one.every(isInteger))),
};

/** @returns what is wrong with a reply, whatever the subgraph did; @param told whether a subgraph said null itself */
export function judgeReply({ status, body }: Reply, told: { readonly isNull: boolean }): string | undefined {
  if (status !== 200) return `status ${status}`;
  const { data, errors = [] } = body;
  for (const { message, path = [], extensions } of errors) {
    if (typeof message !== 'string' || message === '') return 'an error without a message';
    if (extensions?.code === 'INTERNAL_SERVER_ERROR') return 'an internal error';
    if (!path.every((part) => (typeof part === 'string' && part !== '_entities') || isInteger(part))) {
      return `a path of an error: ${JSON.stringify(path)}`;
    }
  }
  const found = look(data, 'data');
  if (found.misfit) return found.misfit;
  if (found.hasNull && errors.length === 0 && !told.isNull) return 'data is missing, and there is no error';
  return undefined;
}

function look(value: unknown, key: string): { hasNull: boolean; misfit?: string } {
  if (value === null || value === undefined) return { hasNull: true };
  if (key === 'any') return { hasNull: false };
  const fit = fits[key];
  if (fit) return fit(value) ? { hasNull: false } : { hasNull: false, misfit: `${key} is ${JSON.stringify(value)}` };
  if (typeof value !== 'object') return { hasNull: false, misfit: `${key} is no object` };
  const parts = Array.isArray(value)
    ? value.map((one: unknown) => look(one, key))
    : Object.entries(value).map(([name, one]) => look(one, name));
  const misfit = parts.find((part) => part.misfit)?.misfit;
  return { hasNull: parts.some(({ hasNull }) => hasNull), ...(misfit !== undefined && { misfit }) };
}
