import { appendParagraph, lineEndOf } from './text-places.js';

/** What builds write, and Nx's own data: never committed. */
const ignoredFolders = ['target/', 'dist/', '.nx/cache', '.nx/workspace-data'];

/** Adds the lines that a .gitignore lacks at its end; one that is there in another spelling (`/dist`) counts. */
export function addIgnoredFolders(text: string | undefined): string {
  const written = text ?? '';
  const known = new Set(written.split(/\r?\n/).map((line) => plainPattern(line)));
  const missing = ignoredFolders.filter((folder) => !isIgnored(plainPattern(folder), known));
  if (missing.length === 0) return written;
  if (written.trim() === '') return `${missing.join('\n')}\n`;
  return appendParagraph(written, missing).replaceAll(/\r?\n/g, lineEndOf(written));
}

function plainPattern(line: string): string {
  return line.trim().replace(/^\//, '').replace(/\/$/, '');
}

/** A folder is ignored by its own line or by that of the folder around it. */
function isIgnored(pattern: string, known: ReadonlySet<string>): boolean {
  return known.has(pattern) || known.has(pattern.split('/')[0] ?? pattern);
}
