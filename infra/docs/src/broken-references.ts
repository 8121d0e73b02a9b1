import { dirname, join, normalize } from 'node:path';

/** What a repository holds, by path from its root. */
export interface Tree {
  readonly files: ReadonlySet<string>;
  read(file: string): string;
}

const LINK = /\[[^\]]*\]\(([^)\s]+)\)/g;
const CODE = /`([^`\n]+)`/g;
const FENCE = /^(```|~~~)[^\n]*\n[\s\S]*?^\1/gm;
/** A path or a file name, as documents and comments cite them. */
const CITED_FILE = /^[\w@.-]+(?:\/[\w@.-]+)*\.(?:tsx?|mjs|cjs|md|ya?ml|graphql|sh)$/;
const CITED_FOLDER = /^[\w@.-]+(?:\/[\w@.-]+)*\/$/;
/** Made by commands and not kept: what is built, and the folders of a running system's data. */
const MADE = /(^|\/)(\.data|dist|node_modules|coverage)(\/|$)|^(rabbitmq|keys|payment-provider|assets)\/$/;

/** What a document links or cites that is not in the tree, each with the reason. */
export function brokenReferences(file: string, tree: Tree): string[] {
  const text = tree.read(file).replaceAll(FENCE, '');
  const links = [...text.matchAll(LINK)].map(([, target = '']) => target);
  const cited = [...text.matchAll(CODE)].map(([, code = '']) => code);
  return [
    ...links.filter((link) => !/^[a-z]+:/.test(link)).flatMap((link) => brokenLink(file, link, tree)),
    ...cited.filter((path) => !isThere(file, path, tree)).map((path) => `\`${path}\` is not there`),
  ];
}

/** File names in the comments of a source file that no file of the tree has. */
export function brokenCitations(file: string, tree: Tree): string[] {
  const comments = tree.read(file).match(/(?<=^\s*)\/\/.*$|\/\*\*?[\s\S]*?\*\//gm) ?? [];
  const words = comments.join('\n').split(/[\s`'"(),;:]+/);
  const paths = words.map((word) => word.replace(/[.]+$/, '')).filter((word) => /\.(test\.)?(tsx?|mjs|md)$/.test(word));
  return paths.filter((path) => !isThere(file, path, tree));
}

function brokenLink(file: string, link: string, tree: Tree): string[] {
  const [path = '', anchor] = decodeURI(link).split('#');
  const target = path === '' ? file : normalize(join(dirname(file), path)).replace(/\/$/, '');
  const document = tree.files.has(target) ? target : join(target, 'README.md');
  if (!tree.files.has(target) && ![...tree.files].some((known) => known.startsWith(`${target}/`)))
    return [`${link} leads nowhere`];
  if (anchor === undefined || !document.endsWith('.md') || !tree.files.has(document)) return [];
  return anchorsOf(tree.read(document)).has(anchor) ? [] : [`${link}: no such heading`];
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): Set<string> {
  const headings = text.replaceAll(FENCE, '').matchAll(/^#{1,6} +(.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    ),
  );
}

/** From the root, from the document's folder or one above it, from a package's `src/` or `tests/`, or by its end. */
function isThere(file: string, path: string, tree: Tree): boolean {
  const isFile = CITED_FILE.test(path);
  if ((!isFile && !CITED_FOLDER.test(path)) || MADE.test(path)) return true;
  const wanted = path.replace(/^(\.\.?\/)+/, '');
  return isFile
    ? [...tree.files].some((known) => known === wanted || known.endsWith(`/${wanted}`))
    : [...tree.files].some((known) => known.startsWith(wanted) || known.includes(`/${wanted}`));
}
