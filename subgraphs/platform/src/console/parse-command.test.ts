import { describe, expect, test } from '@jest/globals';
import { parseCommand, UsageError, type ConsoleCommand } from './parse-command.ts';

describe('the command line', () => {
  test.each<[string, ConsoleCommand]>([
    ['', { do: 'help', json: false }],
    ['--help', { do: 'help', json: false }],
    ['redrive --help', { do: 'help', json: false }],
    ['list', { do: 'list', json: false, status: 'WAITING', limit: 20 }],
    [
      'list --consumer orders --message a.b.v1 --status all --limit 5 --after c --json',
      { do: 'list', json: true, consumer: 'orders', messageName: 'a.b.v1', status: null, limit: 5, after: 'c' },
    ],
    ['list --status discarded', { do: 'list', json: false, status: 'DISCARDED', limit: 20 }],
    ['show x --json', { do: 'show', json: true, id: 'x' }],
    [
      'edit x --payload {} --reason typo',
      { do: 'edit', json: false, id: 'x', payload: { text: '{}' }, reason: 'typo' },
    ],
    ['edit x --file - --reason typo', { do: 'edit', json: false, id: 'x', payload: { file: '-' }, reason: 'typo' }],
    ['redrive x y --reason mended', { do: 'redrive', json: false, ids: ['x', 'y'], reason: 'mended' }],
    [
      'redrive --consumer orders --message a.b.v1 --reason mended',
      { do: 'redrive', json: false, consumer: 'orders', messageName: 'a.b.v1', reason: 'mended' },
    ],
    ['discard x --reason test', { do: 'discard', json: false, id: 'x', reason: 'test' }],
  ])('"%s"', (line, command) => {
    expect(parseCommand(line.split(' ').filter(Boolean))).toEqual(command);
  });

  test.each<[string, string]>([
    ['lost', 'no such command'],
    ['list x', 'options only'],
    ['list --status gone', '--status: expected WAITING'],
    ['list --limit 0', '--limit: expected a number from 1 to 100'],
    ['list --colour', "Unknown option '--colour'"],
    ['show', 'expected the id of one'],
    ['show x y', 'expected the id of one'],
    ['edit x --reason y', 'either --payload'],
    ['edit x --payload 1 --file f --reason y', 'either --payload'],
    ['edit x --payload 1', 'say why'],
    ['redrive --reason y', 'either ids, or'],
    ['redrive x --consumer orders --reason y', 'either ids, or'],
    ['redrive x', 'say why'],
    ['discard x', 'say why'],
    ['discard x --consumer y --reason z', "Unknown option '--consumer'"],
  ])('"%s" is refused: %s', (line, complaint) => {
    const parse = () => parseCommand(line.split(' '));
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(complaint);
  });
});
