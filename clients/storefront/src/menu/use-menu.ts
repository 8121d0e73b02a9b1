import { useQuery } from '@apollo/client/react';
import { StorefrontMenuDocument, type StorefrontMenuQuery } from '@brigade/graphql';
import { useEffect, useState } from 'react';

/** Portions run out while guests choose: so often the menu is read again, milliseconds. */
const AGAIN_MS = 30_000;

export type MenuDish = StorefrontMenuQuery['dishes']['edges'][number]['node'];
export type MenuCategory = StorefrontMenuQuery['categories'][number];

export interface Menu {
  /** Undefined until all of it is known. */
  readonly dishes: readonly MenuDish[] | undefined;
  readonly categories: readonly MenuCategory[];
  readonly isLoading: boolean;
  readonly hasFailed: boolean;
  readonly retry: () => void;
}

/** The whole menu, page after page, as it is now. */
export function useMenu(): Menu {
  const { data, loading, error, fetchMore, refetch } = useQuery(StorefrontMenuDocument, {
    fetchPolicy: 'cache-and-network',
    pollInterval: AGAIN_MS,
    skipPollAttempt: () => document.hidden,
  });
  const [whole, setWhole] = useState<StorefrontMenuQuery>();
  const [hasFailed, setHasFailed] = useState(false);
  const next = data?.dishes?.pageInfo.hasNextPage ? data.dishes.pageInfo.endCursor : undefined;
  useEffect(() => {
    if (next == null) return;
    fetchMore({ variables: { after: next } }).then(
      () => setHasFailed(false),
      () => setHasFailed(true),
    );
  }, [next, fetchMore]);
  const isWhole = data?.dishes !== undefined && next == null;
  if (isWhole && whole !== data) setWhole(data as StorefrontMenuQuery);
  // While its pages are read again, the menu of before stands.
  const shown = isWhole ? data : whole;
  return {
    dishes: shown?.dishes?.edges?.map(({ node }) => node as MenuDish),
    categories: (shown?.categories ?? []) as readonly MenuCategory[],
    isLoading: loading || (next != null && !hasFailed),
    hasFailed: Boolean(error) || hasFailed,
    retry: () => {
      setHasFailed(false);
      void refetch();
    },
  };
}
