import { runServices } from '@brigade/service-kit';
import { identity } from './service.ts';

await runServices([identity], process.env);
