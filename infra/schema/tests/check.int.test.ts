import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { scenarios } from './scenarios.ts';
import { ScratchProject } from './scratch-project.ts';
import { settled, shownTranscript, showTranscript } from './transcripts.ts';

describe('the schema checks with the real rover', () => {
  let project: ScratchProject;

  beforeAll(async () => {
    project = await ScratchProject.create();
  });
  afterEach(() => project.reset());
  afterAll(() => project.delete());

  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', async (name, scenario) => {
    const { change, command, typed, says, env = {}, emit = false } = scenario;
    await change(project);
    if (scenario.name !== 'composition failure') await project.command('compose');
    const { code, output } = await project.command(command, [], { env, emit });
    for (const part of says) expect(output).toMatch(part);
    expect(code).toBe(scenario.code);
    const transcript = settled(`$ ${typed}\n${output.replaceAll(`${project.root}/`, '')}`);
    // `UPDATE_TRANSCRIPTS=1` writes what it compares with otherwise.
    if (process.env.UPDATE_TRANSCRIPTS) await showTranscript(name, transcript);
    else expect(await shownTranscript(name)).toBe(transcript);
  });
});
