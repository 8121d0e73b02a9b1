import { runServices } from '@brigade/service-kit';
import { menu } from './service.ts';

await runServices([menu], process.env);
