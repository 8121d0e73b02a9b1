export { inventory } from './service.ts';
export { inventorySchema } from './graphql/schema.ts';
