const link = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: [${imports}])`;

/** In each of these subgraphs a link can be followed: the ways to fetch a chain of links multiply. */
const chained = ['chain1', 'chain2', 'chain3', 'chain4'];
const chain = (name: string) => `${link('"@key", "@shareable"')}
  ${name === 'chain1' ? 'type Query { chain: Link }' : ''}
  type Link @key(fields: "id") { id: ID! left: Link @shareable right: Link @shareable }`;

/** Subgraphs by name. */
export const hostileSources: Readonly<Record<string, string>> = {
  things: `${link('"@key"')}
    type Query { thing(id: ID!): Thing }
    type Subscription { flood(id: ID!): Thing }
    type Thing @key(fields: "id") { id: ID! name: String polluted: String }`,
  extras: `${link('"@key"')}
    type Thing @key(fields: "id") { id: ID! extra: String tainted: String }`,
  ...Object.fromEntries(chained.map((name) => [name, chain(name)])),
};

/** A field that only some may see, of types that can be reached through an interface. */
export const guardedSources: Readonly<Record<string, string>> = {
  vault: `${link('"@key", "@authenticated", "@requiresScopes"')}
    type Query { holder(id: ID!): Holder thing(id: ID!): Thing keyed(id: ID!): Keyed }
    type Keyed @key(fields: "number") { number: ID @authenticated }
    interface Holder { id: ID! secret: String }
    type Account implements Holder @key(fields: "id") { id: ID! secret: String @authenticated }
    type Safe implements Holder @key(fields: "id") { id: ID! secret: String @requiresScopes(scopes: [["open"]]) }
    type Thing @key(fields: "id") { id: ID! name: String polluted: String }`,
  // By what another may not be told it finds what that one may.
  post: `${link('"@key"')}
    type Keyed @key(fields: "number") { number: ID more: String }`,
};

const POLLUTION = '"__proto__":{"polluted":"yes","tainted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}';
const STACK = '["Error: at /srv/vault.ts:1:1"]';

/** What is answered to whoever asks for the thing of this id: texts, because they are no honest JSON. */
export const hostileAnswers: Readonly<Record<string, string>> = {
  clean: '{"data":{"thing":{"id":"clean","name":"A thing"}}}',
  pollutes: `{"data":{"thing":{${POLLUTION},"id":"1"}}}`,
  'pollutes-root': `{${POLLUTION},"data":{${POLLUTION},"thing":{"id":"1"}}}`,
  'pollutes-entity': '{"data":{"thing":{"__typename":"Thing","id":"entity"}}}',
  'pollutes-error': `{"data":{"thing":null},"errors":[{${POLLUTION},"message":"no","path":["__proto__","polluted"],"extensions":{${POLLUTION},"code":"NOT_FOUND"}}]}`,
  aliased: '{"data":{"__proto__":{"constructor":"a name","__proto__":"1"}}}',
  'tells-all': `{"data":null,"errors":[{"message":"select secret from vault","extensions":{"code":"INTERNAL_SERVER_ERROR","serviceName":"things","exception":{"stacktrace":${STACK}},"stacktrace":${STACK}}}]}`,
  'tells-within': `{"data":{"thing":null},"errors":[{"message":"Not there.","extensions":{"code":"NOT_FOUND","serviceName":"things","exception":{"stacktrace":${STACK}},"query":"select secret from vault"}}]}`,
  'no-json': '<html>at /srv/vault.ts:1:1</html>',
  list: '[1]',
  'wrong-types': '{"data":{"thing":[{"id":{"a":1},"name":["b"]}]}}',
  deep: `{"data":{"thing":{"id":"1","name":${'['.repeat(50_000)}${']'.repeat(50_000)}}}}`,
  long: `{"data":{"thing":{"id":"1","name":"${'x'.repeat(2_000_000)}"}}}`,
  wide: `{"data":{"thing":{"id":"1","name":"${'x'.repeat(500_000)}"}}}`,
  account: '{"data":{"holder":{"__typename":"Account","id":"1","secret":"classified","other":"classified"}}}',
  keyed: '{"data":{"keyed":{"__typename":"Keyed","number":"classified"}}}',
  safe: '{"data":{"holder":{"__typename":"Safe","id":"1","secret":"classified","other":"classified"}}}',
};

export const hostileEntities = `{"data":{"_entities":[{${POLLUTION},"extra":"more"}]}}`;

/** An event of the flood. */
export const hostileEvent = { data: { flood: { id: '1', name: 'x'.repeat(10_000) } } };

const frame = (message: object): string => JSON.stringify(message);

/** What a subgraph sends, in place of events, to whoever subscribes to the flood of this id. */
export const brokenFrames: Readonly<Record<string, (id: string) => readonly (string | Buffer)[]>> = {
  'error-object': (id) => [frame({ type: 'error', id, payload: { message: 'no' } })],
  'error-empty': (id) => [frame({ type: 'error', id, payload: [] })],
  'error-texts': (id) => [frame({ type: 'error', id, payload: ['no'] })],
  'next-nothing': (id) => [frame({ type: 'next', id })],
  'next-text': (id) => [frame({ type: 'next', id, payload: 'data' })],
  'next-no-data': (id) => [frame({ type: 'next', id, payload: {} })],
  nonsense: (id) => [
    '{',
    '[]',
    Buffer.from('{"type":"next"}'),
    frame({ type: 'hello', id }),
    frame({ type: 'next', payload: {} }),
    frame({ type: 'next', id: 'constructor', payload: {} }),
    frame({ type: 'error', id: '__proto__', payload: { message: 'no' } }),
    frame({ type: 'ping', payload: [] }),
    frame({ type: 'error', id, payload: null }),
  ],
};
