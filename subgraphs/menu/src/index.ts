export { menu } from './service.ts';
export { menuSchema } from './graphql/schema.ts';
