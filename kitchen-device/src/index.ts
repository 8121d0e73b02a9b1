export { kitchenDevice } from './service.ts';
