import { ConfigurationError, type Environment } from '../config/read-config.ts';
import { parseFailpoints } from './failpoints.ts';

/**
 * Sets what `FAILPOINTS` names: once for the process, whoever is hosted in it, so that `*1` fires once.
 * @throws ConfigurationError for an entry that can't be read
 */
export async function loadFailpoints(env: Environment): Promise<void> {
  try {
    parseFailpoints(env.FAILPOINTS ?? '');
  } catch (error) {
    throw new ConfigurationError('the process', [(error as Error).message]);
  }
}
