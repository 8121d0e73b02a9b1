import { runServices } from '@brigade/service-kit';
import { kitchen } from './service.ts';

await runServices([kitchen], process.env);
