export { createRouter } from './service.ts';
