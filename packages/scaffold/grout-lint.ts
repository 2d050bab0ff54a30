import { suggest, type Span } from '#diagnostics';
import type { TomlReader } from './toml-reader.js';
import { isTable, type TomlTable } from './toml.js';

/** How loudly lint speaks of something: as an error, which fails it, as a warning, or not at all. */
type GroutLintLevel = 'error' | 'warn' | 'off';

/** What lint has to say of links between the languages. */
export interface GroutLint {
  /** Of a link from Go to a crate that no bridge makes. */
  readonly bareCgoLink: GroutLintLevel;
  /** Of a crate that takes in a library of Go: there are no bridges in that direction. */
  readonly bareGoLibrary: GroutLintLevel;
  /** In the order of the file. */
  readonly allow: readonly GroutAllowedLink[];
}

/** A link that may be there without a bridge. */
interface GroutAllowedLink {
  /** Name or folder of a project, or a folder in one. */
  readonly from: string;
  /** Name or folder of a project. */
  readonly to: string;
  readonly why: string;
  readonly span: Span;
}

/** What holds where grout.toml says nothing of lint. */
export const DEFAULT_LINT: GroutLint = { bareCgoLink: 'warn', bareGoLibrary: 'off', allow: [] };

/** Reads `[lint]` and `[[lint.allow]]`. */
export function readLint(root: TomlTable, reader: TomlReader): GroutLint {
  const table = reader.tableAt(root, ['lint']);
  if (table === undefined) return DEFAULT_LINT;
  reader.refuseUnknown(table, ['lint'], ['bare-cgo-link', 'bare-go-library', 'allow']);
  return {
    bareCgoLink: readLevel(table, 'bare-cgo-link', reader) ?? DEFAULT_LINT.bareCgoLink,
    bareGoLibrary: readLevel(table, 'bare-go-library', reader) ?? DEFAULT_LINT.bareGoLibrary,
    allow: reader.tablesAt(table, ALLOW).flatMap((entry) => readAllowed(entry.table, entry.index, reader) ?? []),
  };
}

function readLevel(table: TomlTable, key: string, reader: TomlReader): GroutLintLevel | undefined {
  const value = table[key];
  const level = LEVELS.find((known) => known === value);
  if (value !== undefined && level === undefined) {
    const near = typeof value === 'string' ? suggest(value, LEVELS) : undefined;
    const help = `write ${key} = "${near ?? 'error'}"`;
    reader.refuse('wrong-type', ['lint', key], `${key} is "error", "warn" or "off"`, help);
  }
  return level;
}

function readAllowed(table: TomlTable, index: number, reader: TomlReader): GroutAllowedLink | undefined {
  reader.refuseUnknownIn(table, ALLOW, index, ['link', 'why']);
  const { link, why } = table as { readonly link?: unknown; readonly why?: unknown };
  const ends = isTable(link) ? readEnds(link, index, reader) : undefined;
  if (!isTable(link)) {
    const span = reader.spanOfEntry(ALLOW, index, 'link');
    reader.report('wrong-type', span, 'an allowed link needs link, a table with from and to', LINK_HELP);
  }
  const hasReason = typeof why === 'string' && why.trim() !== '';
  if (!hasReason) {
    const span = reader.spanOfEntry(ALLOW, index, 'why');
    reader.report('wrong-type', span, 'an allowed link needs why, a text', WHY_HELP);
  }
  return ends === undefined || !hasReason ? undefined : { ...ends, why, span: reader.spanOfEntry(ALLOW, index) };
}

function readEnds(link: TomlTable, index: number, reader: TomlReader): { from: string; to: string } | undefined {
  const { from, to, ...others } = link as { readonly from?: unknown; readonly to?: unknown };
  const span = reader.spanOfEntry(ALLOW, index, 'link');
  for (const key of Object.keys(others)) {
    reader.report('unknown-key', span, `link of [[lint.allow]] has no key ${key}`, LINK_HELP);
  }
  const isName = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
  if (isName(from) && isName(to)) return { from, to };
  const missing = isName(from) ? 'to' : 'from';
  reader.report('wrong-type', span, `the link that is allowed needs ${missing}, a text`, LINK_HELP);
  return undefined;
}

const LEVELS: readonly GroutLintLevel[] = ['error', 'warn', 'off'];
const ALLOW: readonly string[] = ['lint', 'allow'];
const LINK_HELP = 'write link = { from = "…", to = "…" }, each the name or the folder of a project';
const WHY_HELP = 'write why = "…": whoever reads the list has to know what makes a bridge the worse choice here';
