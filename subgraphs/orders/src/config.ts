import {
  listeningPort,
  processSettings,
  readConfig,
  sharedSettings,
  url,
  type Environment,
} from '@brigade/service-kit';
import { z } from 'zod';

const longestStay = (status: string, fallback: number, then = 'the order fails') =>
  z.coerce
    .number()
    .positive()
    .max(86_400)
    .default(fallback)
    .describe(`Longest stay in ${status}, seconds; then ${then}.`);
const { MONGODB_URI: _unused, ...shared } = sharedSettings;

export const ordersSettings = z.object({
  ...processSettings,
  ...shared,
  ORDERS_PORT: listeningPort(4005),
  MENU_URL: url('http', 'https')
    .default('http://127.0.0.1:4003/graphql')
    .describe('Where a dish is looked up that no message has told us of yet.'),
  ORDER_DEADLINE_PLACED: longestStay('PLACED', 300),
  ORDER_DEADLINE_CONFIRMED: longestStay('CONFIRMED', 300),
  ORDER_DEADLINE_PAID: longestStay('PAID', 1_800),
  ORDER_DEADLINE_COOKING: longestStay('COOKING', 1_800),
  ORDER_DEADLINE_READY: longestStay('READY', 3_600, 'it counts as handed over'),
});

export type OrdersConfig = z.infer<typeof ordersSettings>;
export const readOrdersConfig = (env: Environment): OrdersConfig => readConfig('orders', ordersSettings, env);

export const deadlinesOf = (config: OrdersConfig) => ({
  PLACED: config.ORDER_DEADLINE_PLACED * 1_000,
  CONFIRMED: config.ORDER_DEADLINE_CONFIRMED * 1_000,
  PAID: config.ORDER_DEADLINE_PAID * 1_000,
  COOKING: config.ORDER_DEADLINE_COOKING * 1_000,
  READY: config.ORDER_DEADLINE_READY * 1_000,
});
