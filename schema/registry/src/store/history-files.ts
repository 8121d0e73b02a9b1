import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PublishedVariant, type Publication } from './published-variant.ts';

/** A line of the history. `revision` names the file with the SDL; null when the subgraph was removed. */
const lineSchema = z.strictObject({
  at: z.iso.datetime(),
  who: z.string().min(1),
  why: z.string(),
  subgraph: z.string().min(1),
  revision: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .nullable(),
  url: z.string(),
  composes: z.boolean(),
});
type Line = z.infer<typeof lineSchema>;

/** A history that can't be read; the message names every line that is wrong. */
export class BrokenHistory extends Error {
  override readonly name = 'BrokenHistory';
}

/**
 * A variant whose history is plain files: `history.jsonl`, a line for each publication, oldest first, and
 * `sdl/<revision>.graphql`, each text once. Nothing is ever changed, lines are added.
 * @throws BrokenHistory
 */
export async function openHistory(folder: string): Promise<PublishedVariant> {
  return new PublishedVariant(await readHistory(folder), (publication) => append(folder, publication));
}

export async function readHistory(folder: string): Promise<Publication[]> {
  const text = await readFile(join(folder, 'history.jsonl'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const faults: string[] = [];
  const publications: Publication[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      publications.push(await publicationOf(folder, lineSchema.parse(JSON.parse(line))));
    } catch (error) {
      faults.push(
        `history.jsonl:${index + 1}: ${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}`,
      );
    }
  }
  if (faults.length > 0) throw new BrokenHistory(faults.join('\n'));
  return publications;
}

async function publicationOf(folder: string, { revision, url, ...line }: Line): Promise<Publication> {
  if (revision === null) return { ...line, published: undefined };
  const sdl = await readFile(sdlFile(folder, revision), 'utf8');
  if (revisionOf(sdl) !== revision) throw new Error(`sdl/${revision}.graphql is not the text that was published`);
  return { ...line, published: { url, sdl } };
}

async function append(folder: string, { published, ...publication }: Publication): Promise<void> {
  await mkdir(join(folder, 'sdl'), { recursive: true });
  const revision = published ? revisionOf(published.sdl) : null;
  if (published && revision !== null) await writeFile(sdlFile(folder, revision), published.sdl);
  const line: Line = { ...publication, revision, url: published?.url ?? '' };
  await appendFile(join(folder, 'history.jsonl'), `${JSON.stringify(line)}\n`);
}

const sdlFile = (folder: string, revision: string): string => join(folder, 'sdl', `${revision}.graphql`);

/** The first 16 hexadecimal digits of the text's SHA-256. */
export const revisionOf = (sdl: string): string => createHash('sha256').update(sdl).digest('hex').slice(0, 16);
