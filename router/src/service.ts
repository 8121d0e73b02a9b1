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
import { createRouterMetrics } from './observe/router-metrics.ts';
import { startHttpServer } from './http/http-server.ts';
import { SupergraphFile } from './supergraph/supergraph-file.ts';
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
      const { file } = settings.supergraph;
      const sdl = await readFile(file, 'utf8');
      const metrics = createRouterMetrics(runtime.metrics);
      const server = await startHttpServer(runtime, settings, sdl, metrics);
      stack.defer('http', () => server.stop());
      const watch = new SupergraphFile(
        {
          file,
          log,
          onChange: server.reload,
          onOutcome: (outcome) => metrics.supergraphLoads.inc({ outcome }),
        },
        sdl,
      );
      stack.defer('supergraph file', () => watch.close());
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
