import { runServices } from '@brigade/service-kit';
import { inventory } from './service.ts';

await runServices([inventory], process.env);
