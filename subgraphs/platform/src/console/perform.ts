import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { NotFound } from '@brigade/service-kit';
import type { DeadLetter as Letter } from '../dead-letter/dead-letter.ts';
import type { PlatformDeps } from '../deps.ts';
import { actionFrom, deadLetterFrom } from '../graphql/dead-letter-from.ts';
import { listActions } from '../store/list-actions.ts';
import { findDeadLetter, listDeadLetters } from '../store/list-dead-letters.ts';
import { discardDeadLetter } from '../use-cases/discard-dead-letter.ts';
import { editDeadLetter } from '../use-cases/edit-dead-letter.ts';
import { deadLetterId } from '../use-cases/input.ts';
import { publishRedrives } from '../use-cases/publish-redrives.ts';
import { redriveDeadLetters } from '../use-cases/redrive-dead-letters.ts';
import { formatLetter, formatTable } from './format.ts';
import type { ConsoleCommand } from './parse-command.ts';

type Work = Exclude<ConsoleCommand, { do: 'help' }>;

/**
 * Does what somebody asked for.
 * @returns what to print
 * @throws the use cases' refusals; a file that can't be read
 */
export async function perform(command: Work, deps: PlatformDeps, who: string): Promise<string> {
  switch (command.do) {
    case 'list': {
      const { edges, pageInfo } = await listDeadLetters(deps.orm, command, {
        first: command.limit,
        after: command.after,
      });
      const letters = edges.map(({ node }) => deadLetterFrom(node));
      if (command.json) return json(letters);
      const more = pageInfo.hasNextPage ? `more: --after ${pageInfo.endCursor}\n` : '';
      return letters.length > 0 ? formatTable(letters) + more : 'no dead letters\n';
    }
    case 'show':
      return show(command, await find(deps, command.id), deps);
    case 'edit': {
      const { id, reason } = command;
      const payload = 'text' in command.payload ? command.payload.text : await readPayload(command.payload.file);
      return show(command, await editDeadLetter(deps, who, { id, payload, reason }), deps);
    }
    case 'discard':
      return show(command, await discardDeadLetter(deps, who, { id: command.id, reason: command.reason }), deps);
    case 'redrive': {
      const { ids, consumer, messageName, reason } = command;
      const marked = await redriveDeadLetters(deps, who, { ids, consumer, messageName, reason });
      const letters = (await publishMarked(deps, marked)).map(deadLetterFrom);
      if (command.json) return json(letters);
      return letters.length > 0 ? formatTable(letters) : 'nothing waits that matches\n';
    }
    default:
      return command satisfies never;
  }
}

async function show({ json: asJson }: Work, letter: Letter, { orm }: PlatformDeps): Promise<string> {
  const shown = deadLetterFrom(letter);
  const actions = ((await listActions(orm, [letter.id])).get(letter.id) ?? []).map(actionFrom);
  return asJson ? json(Object.assign({}, shown, { actions })) : formatLetter(shown, actions);
}

async function find({ orm }: PlatformDeps, id: string): Promise<Letter> {
  const letter = await findDeadLetter(orm, deadLetterId.parse(id));
  if (!letter) throw new NotFound(`There is no dead letter ${id}.`);
  return letter;
}

/** Publishes by itself, because platform may not run; where it does, whoever of the two is first does it. */
async function publishMarked(deps: PlatformDeps, marked: readonly Letter[]): Promise<Letter[]> {
  for (;;) {
    await publishRedrives(deps);
    const letters = await Promise.all(marked.map(({ id }) => find(deps, id)));
    if (letters.every(({ status }) => status !== 'REDRIVING')) return letters;
    // Platform has claimed some and is at it.
    await new Promise((again) => setTimeout(again, 100));
  }
}

const readPayload = (file: string): Promise<string> => (file === '-' ? readAll(process.stdin) : readFile(file, 'utf8'));

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
