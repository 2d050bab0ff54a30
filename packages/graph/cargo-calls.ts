import { baseName, folderOf, joinPath, workspacePath, type WorkspacePath } from '#paths';
import type { Crate } from './crates.js';
import type { WorkspaceFacts } from './facts.js';
import { foldersUpwards } from './folder-index.js';

/** A command line of cargo that builds or runs a crate. */
export interface CargoCall {
  readonly runs: boolean;
  readonly package?: string;
  readonly binary?: string;
  /** As written, relative to where cargo runs. */
  readonly manifest?: string;
  readonly folder?: string;
}

const VERBS: ReadonlyMap<string, 'run' | 'build'> = new Map([
  ['run', 'run'],
  ['r', 'run'],
  ['build', 'build'],
  ['b', 'build'],
]);

/** Options that tell which crate is meant. */
const SELECTORS: ReadonlyMap<string, 'package' | 'binary' | 'manifest' | 'folder'> = new Map([
  ['-p', 'package'],
  ['--package', 'package'],
  ['--bin', 'binary'],
  ['--manifest-path', 'manifest'],
  ['-C', 'folder'],
]);

/** Other options that take a word. */
const WITH_VALUE: ReadonlySet<string> = new Set([
  ...['--color', '--config', '-Z', '--example', '-F', '--features', '--target', '--target-dir'],
  ...['--profile', '-j', '--jobs', '--message-format', '--exclude', '--artifact-dir'],
]);

/** Undefined for another program, and for cargo's commands that build nothing of this workspace. */
export function parseCargoCall([program = '', ...words]: readonly string[]): CargoCall | undefined {
  if (baseName(program) !== 'cargo') return undefined;
  const call: { -readonly [K in keyof CargoCall]: CargoCall[K] } = { runs: false };
  let verb: 'run' | 'build' | undefined;
  for (let index = 0; index < words.length; index++) {
    const { option, value, isNext } = readOption(words, index);
    const selector = SELECTORS.get(option);
    if (option === '--') break;
    if (selector !== undefined) call[selector] = value;
    if (isNext) index++;
    if (option.startsWith('-') || (option.startsWith('+') && verb === undefined)) continue;
    if (verb !== undefined) break;
    verb = VERBS.get(option);
    if (verb === undefined) return undefined;
  }
  return verb === undefined ? undefined : { ...call, runs: verb === 'run' };
}

/** `--option value`, `--option=value` or `-ovalue`; `isNext`: the value is the next word. */
function readOption(words: readonly string[], index: number): { option: string; value: string; isNext: boolean } {
  const word = words[index] ?? '';
  const assigned = /^(--[\w-]+)=(.*)$/.exec(word);
  if (assigned !== null) return { option: assigned[1] ?? '', value: assigned[2] ?? '', isNext: false };
  if (/^-[pC]./.test(word)) return { option: word.slice(0, 2), value: word.slice(2).replace(/^=/, ''), isNext: false };
  const isNext = SELECTORS.has(word) || WITH_VALUE.has(word);
  return { option: word, value: isNext ? (words[index + 1] ?? '') : '', isNext };
}

/** Finds the crate that a cargo call means, as cargo itself does from the folder in which it runs. */
export class CargoCallIndex {
  readonly #crates: ReadonlyMap<WorkspacePath, Crate>;
  readonly #manifestFolders: ReadonlySet<WorkspacePath>;

  constructor(facts: Pick<WorkspaceFacts, 'cargoManifests'>, crates: ReadonlyMap<WorkspacePath, Crate>) {
    this.#crates = crates;
    this.#manifestFolders = new Set(facts.cargoManifests.map(({ file }) => folderOf(workspacePath(file))));
  }

  /** @param folder where cargo runs; undefined when a variable decides: then a name has to be that of one crate only */
  crateOf(call: CargoCall, folder: WorkspacePath | undefined): Crate | undefined {
    if (isVariable(call.package) || isVariable(call.binary)) return undefined;
    const start = this.#manifestFolderOf(call, folder);
    if (start === undefined && folder !== undefined && !isVariable(call.manifest) && !isVariable(call.folder))
      return undefined;
    const nearest = start === undefined ? undefined : this.#crates.get(start);
    const workspace = nearest?.side.cargoWorkspace ?? start;
    const members = [...this.#crates.values()].filter(
      ({ side }) => workspace === undefined || side.cargoWorkspace === workspace,
    );
    if (call.package !== undefined) return only(members, ({ side }) => side.package === nameOfSpec(call.package ?? ''));
    const fits = ({ side }: Crate): boolean =>
      call.binary === undefined ? side.binaries.length > 0 || !call.runs : side.binaries.includes(call.binary);
    if (nearest !== undefined && fits(nearest)) return nearest;
    return workspace === undefined && call.binary === undefined ? undefined : only(members, fits);
  }

  /** Folder of the manifest that cargo takes; undefined when there is none or it cannot be known. */
  #manifestFolderOf(call: CargoCall, folder: WorkspacePath | undefined): WorkspacePath | undefined {
    if (folder === undefined || isVariable(call.manifest) || isVariable(call.folder)) return undefined;
    const start = joinPath(folder, call.folder ?? '.');
    if (call.manifest === undefined) return foldersUpwards(start).find((each) => this.#manifestFolders.has(each));
    const named = folderOf(joinPath(start, call.manifest));
    return this.#manifestFolders.has(named) ? named : undefined;
  }
}

function isVariable(word: string | undefined): boolean {
  return word !== undefined && /[$`]/.test(word);
}

/** Name of a package id: `x`, `x@1.2`, `path+file:///…/x#1.2`, `…#x@1.2`. */
function nameOfSpec(spec: string): string {
  const [url = '', fragment] = spec.split('#');
  const named = fragment === undefined || /^\d/.test(fragment) ? baseName(url) : fragment;
  return named.split(/[@:]/)[0] ?? '';
}

function only(crates: readonly Crate[], fits: (crate: Crate) => boolean): Crate | undefined {
  const [first, ...others] = crates.filter(fits);
  return others.length === 0 ? first : undefined;
}
