export { payments } from './service.ts';
export { paymentsSchema } from './graphql/schema.ts';
