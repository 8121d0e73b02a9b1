const lowest = '00000000-0000-0000-0000-000000000000';
const highest = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const id = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The first and the last id that begin like this text; nothing where no id can. So an index finds them. */
export function idsBeginning(text: string): { first: string; last: string } | undefined {
  const given = text.toLowerCase();
  const first = given + lowest.slice(given.length);
  return id.test(first) ? { first, last: given + highest.slice(given.length) } : undefined;
}

/** A pattern for LIKE that finds the text anywhere, whatever characters it has. */
export const patternOf = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
