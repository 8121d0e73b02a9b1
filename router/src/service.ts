import { readFile } from 'node:fs/promises';
import { createRuntime, openWith, type Service, type ServiceDefinition } from '@brigade/service-kit/process';
import { readRouterConfig } from './config.ts';
import { startHttpServer } from './http-server.ts';

const name = 'router';

export const router: ServiceDefinition = {
  name,
  async start(env): Promise<Service> {
    const config = readRouterConfig(env);
    const runtime = createRuntime(name, config);
    return openWith(runtime, async () => {
      const { health, stack, log } = runtime;
      const server = await startHttpServer(runtime, config, await readFile(config.SUPERGRAPH_FILE, 'utf8'));
      stack.defer('http', () => server.stop());
      log.info({ port: server.port }, 'listening');
      return {
        name,
        port: server.port,
        async stop() {
          health.drain();
          await stack.close();
          log.info('stopped');
        },
      };
    });
  },
};
