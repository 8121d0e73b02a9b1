import { runServices } from '@brigade/service-kit';
import { orders } from './service.ts';

await runServices([orders], process.env);
