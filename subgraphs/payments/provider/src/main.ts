import { runServices } from '@brigade/service-kit/process';
import { paymentProvider } from './service.ts';

await runServices([paymentProvider], process.env);
