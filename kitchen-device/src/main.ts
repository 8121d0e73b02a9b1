import { runServices } from '@brigade/service-kit/process';
import { kitchenDevice } from './service.ts';

await runServices([kitchenDevice], process.env);
