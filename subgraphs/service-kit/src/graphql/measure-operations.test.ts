import { describe, expect, test } from '@jest/globals';
import { ApolloServer } from '@apollo/server';
import { createMetrics } from '../observe/metrics.ts';
import { measureOperations } from './measure-operations.ts';

describe('the operations of a subgraph as metrics', () => {
  test('10,000 made-up names are one series, and those that are used still have their own', async () => {
    const metrics = createMetrics('menu');
    const server = new ApolloServer({
      typeDefs: 'type Query { a: Int }',
      resolvers: { Query: { a: () => 1 } },
      plugins: [measureOperations(metrics)],
    });
    const ask = (name: string) => server.executeOperation({ query: `query ${name} { a }` });
    for (let number = 0; number < 10_000; number += 1) await ask(`Made${number}__menu__0`);
    for (let time = 0; time < 10; time += 1) await ask('Menu__menu__0');
    const text = await metrics.registry.metrics();
    const counts = [...text.matchAll(/^graphql_operation_duration_seconds_count\{.*operation="(\w+)".*\} (\d+)$/gm)];
    expect(new Map(counts.map(([, name, count]) => [name, Number(count)]))).toEqual(
      new Map([
        ['other', 10_004],
        ['Menu__menu__0', 6],
      ]),
    );
    await server.stop();
  });
});
