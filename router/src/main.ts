import './no-telemetry.ts';
import { runServices } from '@brigade/service-kit/process';
import { router } from './service.ts';

await runServices([router], process.env);
