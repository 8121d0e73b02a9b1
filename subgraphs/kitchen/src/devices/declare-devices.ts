import type { DeviceTopology } from '@brigade/schema';
import type { Broker } from '@brigade/service-kit';

/** Declares where kitchen and devices meet. Declaring again is harmless; the devices do so too. */
export async function declareDevices(connection: Broker['connection'], topology: DeviceTopology): Promise<void> {
  const channel = await connection.acquire();
  try {
    for (const exchange of topology.exchanges) await channel.exchangeDeclare(exchange);
    for (const queue of topology.queues) await channel.queueDeclare(queue);
    for (const binding of topology.queueBindings) await channel.queueBind(binding);
  } finally {
    await channel.close();
  }
}
