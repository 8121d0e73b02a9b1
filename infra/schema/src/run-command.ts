import { BrokenHistory } from '@brigade/schema-registry';
import { BadOptions } from './options.ts';
import { UnknownBase } from './project/baseline.ts';
import { BadOperations } from './project/operations.ts';
import { BadRoverConfig } from './project/rover-config.ts';
import { NoRover } from './rover/run-rover.ts';

const expected = [BadOptions, BadRoverConfig, BadOperations, BrokenHistory, NoRover, UnknownBase];

/** Ends with 1 when `command` answers false, and with 2 and one line when it was asked for what can't be. */
export async function runCommand(command: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await command()) ? 0 : 1;
  } catch (error) {
    if (!expected.some((kind) => error instanceof kind)) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}

export const say = (text: string): void => void process.stdout.write(`${text}\n`);
