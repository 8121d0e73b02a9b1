import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { graphql } from 'graphql';
import { Arg, Directive, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { buildSubgraph } from './build-subgraph.ts';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Something.' })
class Thing {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;
}

@Resolver()
class ThingResolver {
  @Query(() => Thing, { nullable: true, description: 'One by its id.' })
  thing(@Arg('id', () => ID) id: string): Thing {
    return { id };
  }
}

const resolvers = [ThingResolver] as const;
const parts = { resolvers: [...resolvers] as never, container: { get: () => new ThingResolver() } };

describe('a subgraph', () => {
  test('prints its SDL the same each time, with the federation link and its keys', async () => {
    const { sdl } = await buildSubgraph(parts);
    expect(sdl).toBe((await buildSubgraph(parts)).sdl);
    expect(sdl).toContain('https://specs.apollo.dev/federation/v2.9');
    expect(sdl).toContain('type Thing @key(fields: "id")');
  });

  test('loads entities, and one that fails does not take the others with it', async () => {
    const { schema } = await buildSubgraph({
      ...parts,
      references: {
        Thing: ({ id }: { id: string }) => {
          if (id === 'bad') throw new Error('no');
          return Promise.resolve(id === 'gone' ? null : { id });
        },
      },
    });
    const result = await graphql({
      schema,
      source: 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Thing { id } } }',
      variableValues: { r: ['a', 'bad', 'gone', 'b'].map((id) => ({ __typename: 'Thing', id })) },
    });
    expect(result.data).toEqual({ _entities: [{ id: 'a' }, null, null, { id: 'b' }] });
    expect(result.errors).toHaveLength(1);
  });

  test('that names a reference for a type which it has not is refused', async () => {
    await expect(buildSubgraph({ ...parts, references: { Thingy: async () => null } })).rejects.toThrow('Thingy');
  });
});
