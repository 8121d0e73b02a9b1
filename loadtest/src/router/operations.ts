/** What the routers are asked: the shapes of real traffic on our own supergraph, from one fetch to many. */
export const operations: Readonly<
  Record<string, { about: string; query: string; variables: Record<string, unknown> }>
> = {
  A: {
    about: 'one subgraph, a list of 10',
    query: `query A($first: Int!) {
      dishes(first: $first) { edges { node { id name description available price { amountMinor currency } } } }
    }`,
    variables: { first: 10 },
  },
  B: {
    about: 'an entity over three subgraphs',
    query: `query B($id: ID!) {
      order(id: $id) { id status placedAt total { amountMinor currency } payment { status amount { amountMinor } } customer { id name } }
    }`,
    variables: { id: '00000000-0000-7000-8000-000000000001' },
  },
  C: {
    about: '20 orders, each with its customer and 3 dishes',
    query: `query C($first: Int!) {
      orders(first: $first) {
        edges { node { id status customer { id name email } lines { quantity dish { id name price { amountMinor } } } } }
      }
    }`,
    variables: { first: 20 },
  },
  D: {
    about: 'deeply nested over six subgraphs, about 90 KB',
    query: `query D($first: Int!) {
      orders(first: $first) {
        edges {
          cursor
          node {
            id status placedAt updatedAt version reason
            total { amountMinor currency }
            deliveryAddress { line1 city postcode }
            customer { id name email roles payments(first: 2) { edges { node { id status amount { amountMinor currency } } } } }
            lines {
              id name quantity
              unitPrice { amountMinor currency }
              dish { id name description available availablePortions dietaryTags prepSeconds revision price { amountMinor currency } category { id name } }
            }
            payment { id status amount { amountMinor currency } }
            tickets { id status station { id name kind status capacity busy } dish { id name } }
            timeline { name at }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }`,
    variables: { first: 30 },
  },
};
