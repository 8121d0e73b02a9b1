import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../src/project/folders.ts';

const README = join(repositoryRoot, 'schema/README.md');

/** The transcript that schema/README.md shows under a name, or nothing. */
export async function shownTranscript(name: string): Promise<string | undefined> {
  return blockOf(name).exec(await readFile(README, 'utf8'))?.[1];
}

export async function showTranscript(name: string, transcript: string): Promise<void> {
  const text = await readFile(README, 'utf8');
  if (!blockOf(name).test(text)) throw new Error(`schema/README.md has no place for the transcript "${name}"`);
  await writeFile(
    README,
    text.replace(blockOf(name), () => `<!-- transcript: ${name} -->\n\n\`\`\`text\n${transcript}\n\`\`\``),
  );
}

/** Without what is otherwise in each run. */
export const settled = (output: string): string =>
  output
    .replaceAll(/\((?:[0-9a-f]{7})\)/g, '(…)')
    .replaceAll(/[ \t]+$/gm, '')
    .trim();

const blockOf = (name: string): RegExp =>
  new RegExp(`<!-- transcript: ${name} -->\\s*\`\`\`text\\n([\\s\\S]*?)\\n?\`\`\``);
