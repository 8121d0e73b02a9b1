import { runServices } from '@brigade/service-kit';
import { payments } from './service.ts';

await runServices([payments], process.env);
