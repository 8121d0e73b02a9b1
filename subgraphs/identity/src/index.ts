export { identity } from './service.ts';
export { identitySchema } from './graphql/schema.ts';
