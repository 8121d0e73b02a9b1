import { runServices } from '@brigade/service-kit';
import { paymentProvider } from './service.ts';

await runServices([paymentProvider], process.env);
