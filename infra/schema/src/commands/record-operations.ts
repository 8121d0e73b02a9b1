import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extractOperations } from '../check/check-recorded.ts';
import { readOptions } from '../options.ts';
import { readRoverConfig } from '../project/rover-config.ts';
import { prepareRover } from '../rover/run-rover.ts';
import { runCommand, say } from '../run-command.ts';

// npm run schema:operations: records what the clients send, a file for each operation.
await runCommand(async () => {
  const { project } = readOptions();
  const rover = await prepareRover({ cwd: project.root, ...(await readRoverConfig(project)) });
  const operations = await extractOperations(project, rover);
  for (const { name, body } of operations) {
    await writeFile(join(project.operations, `${kebab(name)}.graphql`), `${body}\n`);
  }
  say(`recorded ${operations.length} operations of clients/ in schema/operations`);
  return true;
});

function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
