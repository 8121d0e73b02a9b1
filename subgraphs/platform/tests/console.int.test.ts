import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { dishChanged } from '@brigade/schema';
import type { Environment } from '@brigade/service-kit';
import { eventually } from '../../service-kit/tests/test-runtime.ts';
import { runConsole } from '../src/console/run-console.ts';
import { DeadLetterWorld, type Letter } from './dead-letter-world.ts';

const mended = JSON.stringify({ ...dishChanged.example, revision: 78 });

describe('the command line', () => {
  let world: DeadLetterWorld;
  const folder = mkdtempSync(join(tmpdir(), 'dead-letters-'));
  beforeAll(async () => {
    // Platform is not running, and its database was never made.
    world = await DeadLetterWorld.open();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await world.close();
  });
  afterEach(() => void jest.restoreAllMocks());

  /** Runs a command as `npm run dead-letters -- …` does. */
  const run = (...args: string[]) => runWith(world.env, args);
  async function runWith(env: Environment, args: string[]): Promise<{ code: number; out: string; err: string }> {
    const said = { out: '', err: '' };
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((said.out += String(text))));
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((said.err += String(text))));
    try {
      return { code: await runConsole(env, args), ...said };
    } finally {
      jest.restoreAllMocks();
    }
  }
  const poison = async () => {
    const message = world.message({ revision: 'not a number' });
    await world.send(message);
    return message;
  };
  const listed = async (...args: string[]) => JSON.parse((await run('list', '--json', ...args)).out) as Letter[];
  const letterOf = (messageId: string) =>
    eventually(async () => (await listed('--status', 'all')).find((letter) => letter.messageId === messageId));

  test('works while platform does not run: lists, shows, edits, redrives', async () => {
    const message = await poison();
    const { id } = await letterOf(message.id);
    expect(await world.broker.depth(world.broker.topology.deadQueue('menu'))).toBe(0);
    expect((await run('list')).out).toMatch(
      new RegExp(`^ID +STATUS .*\n${id} +WAITING +menu +menu.dish-changed.v1 +1 `),
    );

    const file = join(folder, 'payload.json');
    writeFileSync(file, mended);
    const edited = await run('edit', id, '--file', file, '--reason', 'typo');
    expect(edited).toMatchObject({ code: 0, err: '' });

    const redriven = await run('redrive', id, '--reason', 'mended');
    expect(redriven.out).toMatch(new RegExp(`${id} +REDRIVEN +menu`));
    await eventually(async () => (await world.effects(message)).length > 0);
    expect(await world.effects(message)).toEqual([78]);

    const { out } = await run('show', id, '--json');
    const { actions } = JSON.parse(out) as Letter;
    expect(actions.map(({ kind, who }) => [kind, who])).toEqual([
      ['DIED', 'menu'],
      ['EDITED', `console:${userInfo().username}`],
      ['REDRIVE_REQUESTED', `console:${userInfo().username}`],
      ['REDRIVEN', 'platform'],
    ]);
    expect((await run('show', id)).out).toContain(`message id    ${message.id}\n`);
  });

  test('refuses with a reason and an exit code', async () => {
    const { id } = await letterOf((await poison()).id);
    expect(await run('edit', id, '--payload', '{}', '--reason', 'x')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^PAYLOAD_BREAKS_CONTRACT: .*revision/),
    });
    expect(await run('edit', id, '--file', join(folder, 'none'), '--reason', 'x')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no such file'),
    });
    expect(await run('discard', id, '--reason', 'a drill')).toMatchObject({ code: 0 });
    expect(await run('redrive', id, '--reason', 'x')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^DEAD_LETTER_NOT_WAITING: /),
    });
    expect(await run('show', world.managerId)).toMatchObject({ code: 1, err: expect.stringMatching(/^NOT_FOUND: /) });
    expect(await run('show', 'x')).toMatchObject({ code: 1, err: 'must be the id of a dead letter\n' });
    expect(await run('redrive', id)).toMatchObject({ code: 2, err: expect.stringContaining('--reason') });
    expect(await run('redrive', '--consumer', 'payments', '--reason', 'x')).toMatchObject({
      code: 0,
      out: 'nothing waits that matches\n',
    });
  });

  test('while the broker is away it says so; what it marked is redriven when platform has a broker again', async () => {
    const message = await poison();
    const { id } = await letterOf(message.id);
    await run('edit', id, '--payload', mended, '--reason', 'typo');
    const cutOff = { ...world.env, AMQP_URL: 'amqp://127.0.0.1:1' };
    const tried = await runWith(cutOff, ['redrive', id, '--reason', 'mended']);
    expect(tried).toMatchObject({ code: 1, out: '' });
    expect(tried.err).toMatch(/^the broker does not answer .*\n.*redriven when platform and the broker are back\n$/);
    expect(await world.effects(message)).toEqual([]);

    await world.startPlatform();
    await eventually(async () => (await world.effects(message)).length > 0);
    expect(await world.letter(message.id, ({ status }) => status === 'REDRIVEN')).toMatchObject({ id });
    expect(await world.effects(message)).toEqual([78]);
  });

  test('works beside a platform that runs', async () => {
    const message = await poison();
    const { id } = await letterOf(message.id);
    await run('edit', id, '--payload', mended, '--reason', 'typo');
    expect((await run('redrive', '--consumer', 'menu', '--reason', 'mended')).code).toBe(0);
    await eventually(async () => (await world.effects(message)).length > 0);
    expect(await world.effects(message)).toEqual([78]);
    expect(await world.find(id)).toMatchObject({ status: 'REDRIVEN' });
  });

  test('--help asks nobody', async () => {
    expect(await runWith({}, ['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('redrive ID...') });
    expect(await runWith({}, ['lost'])).toMatchObject({ code: 2, err: expect.stringContaining('no such command') });
  });
});
