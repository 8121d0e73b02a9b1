import { port, processSettings, readConfig, sharedSettings, url, type Environment } from '@brigade/service-kit';
import { z } from 'zod';

const seconds = (fallback: number) => z.coerce.number().positive().max(86_400).default(fallback);
const { MONGODB_URI: _unused, ...shared } = sharedSettings;

const schema = z.object({
  ...processSettings,
  ...shared,
  ORDERS_PORT: port.default(4005),
  /** Where a dish is looked up that no message has told us of yet. */
  MENU_URL: url('http', 'https').default('http://127.0.0.1:4003/graphql'),
  /** Longest stay in each open state, seconds. */
  ORDER_DEADLINE_PLACED: seconds(300),
  ORDER_DEADLINE_CONFIRMED: seconds(300),
  ORDER_DEADLINE_PAID: seconds(1_800),
  ORDER_DEADLINE_COOKING: seconds(1_800),
  ORDER_DEADLINE_READY: seconds(3_600),
});

export type OrdersConfig = z.infer<typeof schema>;
export const readOrdersConfig = (env: Environment): OrdersConfig => readConfig('orders', schema, env);

export const deadlinesOf = (config: OrdersConfig) => ({
  PLACED: config.ORDER_DEADLINE_PLACED * 1_000,
  CONFIRMED: config.ORDER_DEADLINE_CONFIRMED * 1_000,
  PAID: config.ORDER_DEADLINE_PAID * 1_000,
  COOKING: config.ORDER_DEADLINE_COOKING * 1_000,
  READY: config.ORDER_DEADLINE_READY * 1_000,
});
