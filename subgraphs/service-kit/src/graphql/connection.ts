import { ArgsType, Directive, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { validate as isUuid } from 'uuid';
import { BadUserInput } from '../errors/domain-error.ts';

/** Most items that one page may have. */
export const MAX_PAGE = 100;

@Directive('@shareable')
@ObjectType({ description: 'Where a page of a connection stands (Relay cursor connections).' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more items follow.' })
  hasNextPage!: boolean;
  @Field(() => Boolean, { description: 'Whether items come before this page.' })
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: 'Cursor of the first item.' })
  startCursor?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last item: pass it as `after` for the next page.',
  })
  endCursor?: string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: `How many items, 1 to ${MAX_PAGE}.` })
  first!: number;
  @Field(() => String, { nullable: true, description: 'Cursor after which the page begins.' })
  after?: string | null;
}

export interface Edge<T> {
  cursor: string;
  node: T;
}
export interface Page<T> {
  edges: Edge<T>[];
  pageInfo: PageInfo;
}

/** `DishConnection` and `DishEdge` for the type `Dish`. Extend the answer with a class of the same name. */
export function connectionOf<T extends object>(name: string, NodeType: ClassType<T>): ClassType<Page<T>> {
  @ObjectType(`${name}Edge`, { description: `A ${name} and its place in the list.` })
  class EdgeType {
    @Field(() => String, { description: 'Opaque; passes as `after`.' })
    cursor!: string;
    @Field(() => NodeType, { description: `The ${name}.` })
    node!: T;
  }
  @ObjectType(`${name}Connection`, { description: `A page of ${name} items.` })
  class ConnectionType {
    @Field(() => [EdgeType], { description: 'The items of this page.' })
    edges!: Edge<T>[];
    @Field(() => PageInfo, { description: 'Where this page stands.' })
    pageInfo!: PageInfo;
  }
  return ConnectionType;
}

/** @throws BadUserInput unless 1 <= first <= MAX_PAGE */
export function pageSize(first: number): number {
  if (first < 1 || first > MAX_PAGE) throw new BadUserInput(`first must be between 1 and ${MAX_PAGE}, not ${first}.`);
  return first;
}

/** A page from up to `first + 1` rows that follow the cursor. */
export function pageOf<T>(
  rows: readonly T[],
  first: number,
  after: string | null | undefined,
  cursorOf: (row: T) => string,
): Page<T> {
  const edges = rows.slice(0, first).map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: Boolean(after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** Opaque to clients: the JSON of the sort key, base64url. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** @throws BadUserInput for a cursor that this list did not hand out */
export function decodeCursor(cursor: string, length: number): (string | number)[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(key) && key.length === length && key.every((part) => ['string', 'number'].includes(typeof part)))
      return key;
  } catch {
    // Not JSON: told below.
  }
  throw new BadUserInput('The cursor is not one that this list handed out.');
}

/**
 * The id in the cursor of a list that is sorted by id.
 * @throws BadUserInput for a cursor that such a list did not hand out
 */
export function decodeIdCursor(cursor: string): string {
  const [id] = decodeCursor(cursor, 1);
  if (!isUuid(id)) throw new BadUserInput('The cursor is not one that this list handed out.');
  return String(id);
}
