import { InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

/** Normalised by type and id, telemetry aside, which never comes here; pages of a connection are joined, one list for each filter. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          orders: relayStylePagination(['filter', 'status']),
          dishes: relayStylePagination(['filter']),
          order: {
            read: (existing, { args, toReference }) => existing ?? toReference({ __typename: 'Order', id: args?.id }),
          },
          systemMap: { merge: false },
          orderStatistics: { merge: false },
        },
      },
      User: { fields: { orders: relayStylePagination() } },
      // Parts of what they stand in; none has an id of its own.
      Order: { fields: { timeline: { merge: false }, deliveryAddress: { merge: true } } },
    },
  });
}
