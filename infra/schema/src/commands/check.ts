import { checkSchema } from '../check/check-schema.ts';
import { readOptions } from '../options.ts';
import { runCommand, say } from '../run-command.ts';
import { failed, table } from '../table.ts';

// npm run schema:check: what rover, the registry and the running code say of the schema; see schema/README.md.
await runCommand(async () => {
  const { rows, details } = await checkSchema(readOptions());
  if (details) say(details);
  say(table(rows));
  say(failed(rows) ? '\nschema check failed' : '\nschema check passed');
  return !failed(rows);
});
