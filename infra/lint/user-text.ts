/**
 * Where a plain `z.string()` would let text in that no store can keep: contracts, and whatever reads what people send.
 * What a service reads of its own store, of its configuration or of another service's answer is none of this.
 */
const guarded: readonly RegExp[] = [
  /^schema\/messages\//,
  /^subgraphs\/(?!service-kit\/|host\/)[\w-]+\/src\/(use-cases|graphql|read|read-models|messaging|account|dish|order|stock|payment|ticket|session|dead-letter)\//,
];

/** Where the one text type is made. */
const maker = 'schema/messages/text.ts';

/**
 * Says what is wrong with a plain string schema in a file, or nothing.
 * @param file path from the repository's root, with `/`
 */
export function judgePlainString(file: string): string | undefined {
  if (file === maker || /\.test\.ts$|\/tests\//.test(file) || !guarded.some((folder) => folder.test(file)))
    return undefined;
  return 'Text that others choose is `text({ max, multiline, trim })` of @brigade/schema, not a plain string: see schema/messages/text.ts.';
}
