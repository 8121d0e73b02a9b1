import { runServices } from '@brigade/service-kit';
import { platform } from './service.ts';

await runServices([platform], process.env);
