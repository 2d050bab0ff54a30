import { createHash } from 'node:crypto';
import { matchesCgoDirective, quoteCgoWord, splitCgoWords, type BuildContext, type GoFileHeader } from '#go';
import { parseLinkWords, type CgoLink } from '#graph';
import type { WorkspacePath } from '#paths';

/** The built library of a crate that Go sources link. */
export interface LinkedLibrary {
  /** Root of the crate's project. */
  readonly crate: WorkspacePath;
  /** e.g. `dist/crates/br00/libbr00.a`. */
  readonly path: WorkspacePath;
  /** sha256 of its bytes, hex. */
  readonly digest: string;
}

/** A cgo file whose result depends on more than go looks at. */
export interface OverlaidFile {
  readonly file: WorkspacePath;
  readonly text: string;
  /** Lines of it that link crates. */
  readonly links: readonly CgoLink[];
  /** Digest of the headers in folders that its `#cgo` lines include; go looks at those of its own folder only. */
  readonly headers?: string;
}

/**
 * A cgo file as the build shall see it: the words that name crates' libraries are gone from its `#cgo LDFLAGS` (the
 * build links the artifacts itself, wherever the words pointed), and a variable at its end holds the digests of
 * libraries and headers. `go` does not look at either when it decides what is stale; the variable changes the package's
 * object file, so a change recompiles this package and relinks what depends on it, and a known digest is a cache hit.
 * No line moves, so positions in messages stay true.
 */
export function rewriteCgoFile(overlaid: OverlaidFile, libraries: readonly LinkedLibrary[]): string {
  const dropped = new Map<number, Set<string>>();
  for (const link of overlaid.links) {
    const words = dropped.get(link.span.line) ?? new Set();
    for (const word of link.words) words.add(word);
    dropped.set(link.span.line, words);
  }
  const lines = overlaid.text.split('\n');
  for (const [number, words] of dropped) {
    const line = lines[number - 1];
    if (line !== undefined) lines[number - 1] = dropWords(line, words);
  }
  return `${lines.join('\n')}\n${digestVariable(overlaid, libraries)}`;
}

function dropWords(line: string, dropped: ReadonlySet<string>): string {
  const colon = line.indexOf(':');
  if (colon === -1) return line;
  const { words } = splitCgoWords(line.slice(colon + 1));
  const kept = words.filter((word, index) => !isDropped(word === '-l' ? (words[index + 1] ?? '') : word, dropped));
  return [line.slice(0, colon + 1), ...kept.map(quoteCgoWord)].join(' ');
}

/** A search path into a target folder goes with the library. */
function isDropped(word: string, dropped: ReadonlySet<string>): boolean {
  return dropped.has(word) || /^-L.*\/target(?:\/|$)/.test(word);
}

function digestVariable({ file, links, headers }: OverlaidFile, libraries: readonly LinkedLibrary[]): string {
  const crates = new Set(links.map((link) => link.crate));
  const linked = libraries.filter((library) => crates.has(library.crate));
  const facts = [...new Set(linked.map((library) => `${library.path}@sha256:${library.digest}`))];
  if (headers !== undefined) facts.push(`headers@sha256:${headers}`);
  if (facts.length === 0) return '';
  const suffix = createHash('sha256').update(file).digest('hex').slice(0, 12);
  return `\nvar groutLinked${suffix} = ${JSON.stringify(facts.join(' '))}\n`;
}

/**
 * Libraries that the file's `#cgo LDFLAGS` name besides those of crates (`-lm -ldl -lpthread`), on the lines that this
 * build takes: they have to come after the crates' libraries on the command line as well, or a linker that drops
 * unneeded libraries drops them too early.
 */
export function companionFlags(header: GoFileHeader, context: BuildContext, links: readonly CgoLink[]): string[] {
  const linked = new Set(links.flatMap((link) => link.words));
  return header.cgo
    .filter((directive) => directive.verb === 'LDFLAGS' && matchesCgoDirective(directive, context))
    .flatMap((directive) => parseLinkWords(directive.words))
    .filter(({ words }) => words[0]?.startsWith('-l') === true && !words.every((word) => linked.has(word)))
    .flatMap(({ words }) => words);
}
