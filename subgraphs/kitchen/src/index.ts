export { kitchen } from './service.ts';
export { kitchenSchema } from './graphql/schema.ts';
