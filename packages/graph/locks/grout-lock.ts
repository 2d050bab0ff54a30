import type { WorkspacePath } from '#paths';
import type { GoRequirements } from './go-requirements.js';
import { digestOf } from './lock-node.js';
import type { LockPurpose, ProjectLocks } from './resolve-locks.js';

/** The committed file, at the workspace's root, by which Nx sees what a change of a lockfile means for each task. */
export const GROUT_LOCK = 'grout.lock.json';

const VERSION = 1;

export interface GroutLock {
  /** Digests by project and purpose, as the file writes these. */
  readonly projects: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** What Go modules from outside require, as far as it was known when the digests were made: they depend on it. */
  readonly requirements: GoRequirements;
}

/** Where a digest stands in the file, as a field of an Nx input. */
export function lockField(root: WorkspacePath, purpose: LockPurpose): string {
  return `projects.${keyOf(root)}.${keyOf(purpose)}`;
}

export function digestAt(lock: GroutLock | undefined, root: WorkspacePath, purpose: LockPurpose): string | undefined {
  return lock?.projects.get(keyOf(root))?.get(keyOf(purpose));
}

/** What the file ought to say. */
export function lockOf(locks: ProjectLocks, requirements: GoRequirements): GroutLock {
  const projects = [...locks].map(([root, purposes]) => {
    const digests = [...purposes].map(([purpose, node]) => [keyOf(purpose), digestOf(node)] as const);
    return [keyOf(root), new Map(digests)] as const;
  });
  return { projects: sortedByKey(projects), requirements: sortedByKey([...requirements]) };
}

function sortedByKey<T>(entries: (readonly [string, T])[]): ReadonlyMap<string, T> {
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One project or module per line, so that branches which change different ones merge. */
export function emitGroutLock({ projects, requirements }: GroutLock): string {
  const digests = [...projects].map(([key, digestsOf]) => {
    const entries = [...digestsOf].map(([purpose, digest]) => `${JSON.stringify(purpose)}: ${JSON.stringify(digest)}`);
    return `${JSON.stringify(key)}: { ${entries.join(', ')} }`;
  });
  const modules = [...requirements].map(
    ([key, paths]) => `${JSON.stringify(key)}: [${paths.map((path) => JSON.stringify(path)).join(', ')}]`,
  );
  const tables = [
    `"projects": ${emitTable(digests)}`,
    ...(modules.length === 0 ? [] : [`"goModules": ${emitTable(modules)}`]),
  ];
  return `{\n  "version": ${VERSION},\n  ${tables.join(',\n  ')}\n}\n`;
}

function emitTable(lines: readonly string[]): string {
  return lines.length === 0 ? '{}' : `{\n    ${lines.join(',\n    ')}\n  }`;
}

/** Undefined for a file that is not there, is broken, has conflict markers, or is of another version. */
export function parseGroutLock(text: string | undefined): GroutLock | undefined {
  const file = parseJson(text);
  if (!isTable(file) || file['version'] !== VERSION || !isTable(file['projects'])) return undefined;
  const projects = new Map<string, ReadonlyMap<string, string>>();
  for (const [key, digests] of Object.entries(file['projects'])) {
    if (!isTable(digests)) return undefined;
    projects.set(key, new Map(Object.entries(digests).filter(isDigest)));
  }
  const modules = isTable(file['goModules']) ? Object.entries(file['goModules']) : [];
  return { projects, requirements: new Map(modules.filter(isRequirement)) };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return undefined;
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDigest(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string';
}

function isRequirement(entry: [string, unknown]): entry is [string, string[]] {
  const [, paths] = entry;
  return Array.isArray(paths) && paths.every((path) => typeof path === 'string');
}

/** Dots separate the fields of an Nx input. */
function keyOf(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('.', '%2E');
}
