/** Every process of the copy that can be killed, by the name that the launcher gives it. */
export const subgraphProcesses = [
  'identity',
  'menu',
  'orders',
  'inventory',
  'payments',
  'kitchen',
  'platform',
] as const;
export const productProcessNames = [...subgraphProcesses, 'router', 'kitchen-device', 'payment-provider'] as const;
export const serverProcesses = ['postgres', 'redis', 'rabbitmq', 'mongo'] as const;
export type ProcessName = (typeof productProcessNames)[number] | (typeof serverProcesses)[number];
