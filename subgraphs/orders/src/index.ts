export { orders } from './service.ts';
export { ordersSchema } from './graphql/schema.ts';
