export { platform } from './service.ts';
export { platformSchema } from './graphql/schema.ts';
