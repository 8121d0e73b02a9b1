import { existsSync, readFileSync } from 'node:fs';
import { clearFailpoints, parseFailpoints } from '@brigade/service-kit';
import { moveClock } from './move-clock.ts';
import type { Misbehaviour } from './misbehaviour.ts';

/**
 * Loaded into every process of the copy before its own code: on SIGUSR2 it reads from the file that CHAOS_CONTROL names
 * how the process is to misbehave. The product itself knows nothing of it.
 */
process.on('SIGUSR2', () => {
  const file = process.env.CHAOS_CONTROL;
  if (!file || !existsSync(file)) return;
  const { failpoints = '', clockOffsetMs = 0 } = JSON.parse(readFileSync(file, 'utf8')) as Misbehaviour;
  clearFailpoints();
  parseFailpoints(failpoints);
  moveClock(clockOffsetMs);
});
