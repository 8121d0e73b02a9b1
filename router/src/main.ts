import './no-telemetry.ts';
import { runServices } from '@brigade/service-kit';
import { router } from './service.ts';

await runServices([router], process.env);
