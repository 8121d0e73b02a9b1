import { readFile } from 'node:fs/promises';
import {
  createRuntime,
  openWith,
  processSettings,
  readConfig,
  type Environment,
  type Service,
  type ServiceDefinition,
} from '@brigade/service-kit/process';
import { z } from 'zod';
import { startHttpServer } from './http/http-server.ts';
import { readSettings, type CommandLine } from './settings/read-settings.ts';

const name = 'router';
const environmentSchema = z.object(processSettings);

/** A router as the command line and its settings file say. */
export const createRouter = (commandLine: CommandLine): ServiceDefinition => ({
  name,
  async start(env: Environment): Promise<Service> {
    const settings = readSettings(commandLine, env);
    const runtime = createRuntime(name, readConfig(name, environmentSchema, env));
    return openWith(runtime, async () => {
      const { health, stack, log } = runtime;
      const server = await startHttpServer(runtime, settings, await readFile(settings.supergraph.file, 'utf8'));
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
});
