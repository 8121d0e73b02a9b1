import { runServices } from '@brigade/service-kit';
import { kitchenDevice } from './service.ts';

await runServices([kitchenDevice], process.env);
