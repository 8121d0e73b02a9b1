import { judgeContracts, readContracts, type ContractVerdict } from '@brigade/schema-registry';
import { readOptions } from '../options.ts';
import { openBaseline } from '../project/baseline.ts';
import { emitContracts } from '../project/contracts.ts';
import { messagesOf } from '../project/folders.ts';
import { runCommand, say } from '../run-command.ts';
import { failed, table, type Row } from '../table.ts';

// npm run messages:check: fails when a published message contract means something else than it did.
await runCommand(async () => {
  const { project, base, emit } = readOptions();
  await using baseline = await openBaseline(project, base);
  const proposed = emit ? emitContracts() : await readContracts(messagesOf(project.published));
  const verdicts = judgeContracts(await readContracts(messagesOf(baseline.published)), proposed);
  for (const { name, faults } of verdicts.filter((verdict) => verdict.faults.length > 0)) {
    say(`${name}\n${faults.map((fault) => `  ${fault}`).join('\n')}\n`);
  }
  const rows = verdicts.filter(({ change }) => change !== 'same').map(rowOf);
  const same = verdicts.length - rows.length;
  say(
    table([{ what: 'compared with', mark: 'pass', says: `${baseline.name}: ${same} contracts are the same` }, ...rows]),
  );
  if (failed(rows)) say('\nmessages check failed: add the next version beside a published one, and keep that as it is');
  return !failed(rows);
});

function rowOf({ name, change, faults }: ContractVerdict): Row {
  return { what: name, mark: faults.length > 0 ? 'FAIL' : 'pass', says: change };
}
