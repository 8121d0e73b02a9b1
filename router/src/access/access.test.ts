import { describe, expect, test } from '@jest/globals';
import { composeServices } from '@apollo/composition';
import { parse, print } from 'graphql';
import { findOperation, fragmentsOf } from '../compile/compile-operation.ts';
import type { Identity } from '../identity/identity.ts';
import { loadSupergraph } from '../supergraph/supergraph.ts';
import { permitsBy } from './permissions.ts';
import { requirementsOf, restrictDocument } from './restrict-document.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes", "@policy"])`;
const { supergraphSdl = '' } = composeServices([
  {
    name: 'pets',
    url: 'http://pets.test',
    typeDefs: parse(`${LINK}
      type Query { me: Owner @authenticated  pets: [Pet!]!  any: Thing  rank: Rank }
      type Subscription { barked: Dog @policy(policies: [["keeper"]]) }
      interface Pet { id: ID! name: String }
      type Dog implements Pet @key(fields: "id") { id: ID! name: String @requiresScopes(scopes: [["dogs", "names"], ["all"]]) owner: Owner }
      type Cat implements Pet { id: ID! name: String secret: String @policy(policies: [["keeper"]]) }
      type Owner @key(fields: "id") { id: ID! email: String @policy(policies: [["keeper", "clerk"]]) dogs: [[Dog!]!]! }
      type Hidden @authenticated { id: ID! }
      union Thing = Cat | Hidden
      enum Rank @authenticated { HIGH LOW }
    `),
  },
]);
const supergraph = loadSupergraph(supergraphSdl);
const permits = permitsBy({ scopesOfRoles: { STAFF: ['all'] }, policies: { keeper: ['KEEPER'], clerk: ['CLERK'] } });

const anonymous: Identity = { kind: 'anonymous' };
const user = (roles: string[] = [], scopes: string[] = []): Identity => ({ kind: 'user', userId: 'u', roles, scopes });

/** What is left of an operation for somebody, in one line, and the paths of what is withheld. */
function asSeenBy(identity: Identity, source: string) {
  const document = parse(source);
  const guarded = {
    schema: supergraph.apiSchema,
    rules: supergraph.access,
    document,
    operation: findOperation(document, undefined),
    fragments: fragmentsOf(document),
  };
  const unmet = new Set(requirementsOf(guarded).filter((requirement) => !permits(identity, requirement)));
  const restricted = restrictDocument(guarded, unmet);
  return {
    left: print(restricted.document).replaceAll(/\s+/g, ' '),
    withheld: [...restricted.withheld].map((selection) => print(selection).replaceAll(/\s+/g, ' ')),
    nothingLeft: restricted.nothingLeft?.map(({ path }) => path?.join('.')),
  };
}

describe('who is given what', () => {
  test('a field that needs a login is withheld from who is not logged in, and only that', () => {
    const source = '{ me { id } pets { id } }';
    expect(asSeenBy(anonymous, source)).toEqual({
      left: '{ pets { id } }',
      withheld: ['me { id }'],
      nothingLeft: undefined,
    });
    expect(asSeenBy(user(), source).withheld).toEqual([]);
  });

  test('scopes: all of one list, of the token or of a role', () => {
    const source = '{ pets { ... on Dog { n: name } } }';
    expect(asSeenBy(user([], ['dogs']), source)).toMatchObject({
      left: '{ pets { ... on Dog { __typename } } }',
      withheld: ['n: name'],
    });
    expect(asSeenBy(user([], ['dogs', 'names']), source).withheld).toEqual([]);
    expect(asSeenBy(user(['STAFF']), source).withheld).toEqual([]);
  });

  test('policies: every one of a list, by the roles of the settings', () => {
    const source = '{ me { email } }';
    expect(asSeenBy(user(['KEEPER']), source).withheld).toEqual(['email']);
    expect(asSeenBy(user(['KEEPER', 'CLERK']), source).withheld).toEqual([]);
  });

  test.each([
    ['through the interface', '{ pets { name } }', ['name']],
    ['through a fragment on the interface', '{ pets { ... on Pet { name } } }', ['name']],
    ['through a named fragment', '{ pets { ...F } } fragment F on Dog { name }', ['name']],
    ['through fragments in fragments', '{ pets { ...F } } fragment F on Pet { ... on Dog { x: name } }', ['x: name']],
    ['through a list of lists', '{ me { dogs { name } } }', ['name']],
  ])('there is no way around: %s', (_how, source, withheld) => {
    expect(asSeenBy(user(), source).withheld).toEqual(withheld);
  });

  test('a type that is guarded is no type condition, and a guarded leaf is no field', () => {
    expect(asSeenBy(anonymous, '{ any { ... on Cat { id } ... on Hidden { id } } rank }')).toMatchObject({
      left: '{ any { ... on Cat { id } } }',
      withheld: ['... on Hidden { id }', 'rank'],
    });
  });

  test('a fragment that is spread in two places is emptied in both', () => {
    const source = '{ a: pets { ...F } b: pets { ...F } } fragment F on Cat { secret }';
    expect(asSeenBy(user(), source).left).not.toContain('secret');
  });

  test('of an operation that asks for nothing else, nothing is left', () => {
    expect(asSeenBy(user(), 'subscription { barked { id } }')).toMatchObject({
      withheld: ['barked { id }'],
      nothingLeft: ['barked'],
    });
    expect(asSeenBy(user(['KEEPER']), 'subscription { barked { id } }').nothingLeft).toBeUndefined();
  });
});
