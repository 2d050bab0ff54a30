import type { RustPath } from '#cargo';
import {
  baseName,
  folderOf,
  isInside,
  joinPath,
  leavesWorkspace,
  relativePath,
  workspacePath,
  type WorkspacePath,
} from '#paths';
import { NOT_BUILT_FOLDERS } from './crate-folder.js';
import type { Crate } from './crates.js';
import type { WorkspaceFacts } from './facts.js';
import type { OutsideInput } from './model.js';
import type { OwnInputs } from './own-inputs.js';
import { buildScriptOf, type CrateSource } from './rust-sources.js';
import type { Found, WorkspaceTree } from './workspace-tree.js';

/** Folder of a crate below which common macros look for the templates that they are given. */
const TEMPLATES = 'templates';

export interface IncludeSurroundings {
  readonly facts: Pick<WorkspaceFacts, 'rustSources'>;
  readonly crates: ReadonlyMap<WorkspacePath, Crate>;
  readonly sources: readonly CrateSource[];
  readonly tree: WorkspaceTree;
  readonly own: OwnInputs;
}

export interface RustIncludes {
  readonly inputs: readonly OutsideInput[];
  /** Everything that crates compile, what lies outside of them as well, as far as it says something. */
  readonly sources: Iterable<CrateSource>;
}

/**
 * Finds the files that Rust sources take in from where their crate's own inputs do not look: beyond its folder, and in
 * parts of it that builds otherwise leave alone. A source outside the crate brings what it takes in itself.
 */
export function findRustIncludes({ facts, crates, sources, tree, own }: IncludeSurroundings): RustIncludes {
  const inputs = [...crates.values()].flatMap((crate) => targetSources(crate, tree, own));
  const readers = new Map(sources.map((reader) => [keyOf(reader), reader]));
  for (const input of inputs) for (const reader of sourcesIn(input, facts, crates)) readers.set(keyOf(reader), reader);
  for (const reader of readers.values()) {
    for (const include of includesOf(reader)) {
      for (const input of resolveInclude(include, reader, tree, own)) {
        inputs.push(input);
        if (!input.path.endsWith('.rs')) continue;
        const modules = submodules(input, tree);
        inputs.push(...modules);
        for (const found of [input, ...modules].flatMap((each) => sourcesIn(each, facts, crates))) {
          if (!readers.has(keyOf(found))) readers.set(keyOf(found), found);
        }
      }
    }
  }
  return { inputs, sources: readers.values() };
}

function keyOf({ crate, source }: CrateSource): string {
  return `${crate.root}\n${source.file}`;
}

/** Sources that a crate takes in from outside its folder, and compiles as its own. */
function sourcesIn(
  { from, path, isFolder, testOnly }: OutsideInput,
  { rustSources }: IncludeSurroundings['facts'],
  crates: ReadonlyMap<WorkspacePath, Crate>,
): CrateSource[] {
  const crate = crates.get(from);
  if (crate === undefined || isInside(path, from) || !(isFolder || path.endsWith('.rs'))) return [];
  const role = testOnly === true ? 'test' : 'code';
  const taken = rustSources.filter(({ file }) => (isFolder ? isInside(workspacePath(file), path) : file === path));
  return taken.map((source) => ({ crate, source, role }));
}

/** A library file called build.rs is read as one that may be a build script; of its literals those count that climb. */
function includesOf({ source, role }: CrateSource): readonly RustPath[] {
  if (role === 'script' || source.literals.length === 0) return source.includes;
  return [...source.includes, ...source.literals.filter(({ path }) => path.split('/').includes('..'))];
}

function resolveInclude(include: RustPath, reader: CrateSource, tree: WorkspaceTree, own: OwnInputs): OutsideInput[] {
  const { crate, source, role } = reader;
  const isTest = role === 'test' || include.testOnly === true;
  // Tests may walk a folder that they name from the manifest's; a path that may be anything has to be that of a file.
  const takesFolder = include.takesFolder === true || (isTest && include.base === 'manifest');
  const folder = folderOf(workspacePath(source.file));
  const starts = {
    file: [folder],
    manifest: [crate.root],
    either: [folder, crate.root, joinPath(crate.root, TEMPLATES)],
  }[include.base];
  const inputs = starts.flatMap((start): OutsideInput[] => {
    const path = joinPath(start, include.path);
    const file = tree.findFile(path);
    const found: Found | undefined = file === undefined ? undefined : { path: file, isFolder: false };
    const listed = found ?? (takesFolder ? tree.find(path) : undefined);
    if (listed !== undefined && isOwn(listed, crate, own, isTest ? 'test' : 'build')) return [];
    const target = listed ?? unlisted(include, path);
    if (target === undefined) return [];
    return [
      { from: crate.root, ...target, kind: 'include', evidence: include.span, ...(isTest ? { testOnly: true } : {}) },
    ];
  });
  return inputs.filter(({ path }, index) => inputs.findIndex((other) => other.path === path) === index);
}

/**
 * What a macro or `#[path]` takes in for certain is an input even where Nx lists no such file: git ignores it, as the output
 * of a web build, or it is gone, and those who take it in have to be affected by that.
 */
function unlisted({ base, takesFolder }: RustPath, path: WorkspacePath): Unlisted | undefined {
  const isFolder = takesFolder === true;
  const isCertain = isFolder ? base === 'manifest' : base === 'file';
  return isCertain && !leavesWorkspace(path) ? { path, isFolder, isUnlisted: true } : undefined;
}

interface Unlisted extends Found {
  readonly isUnlisted: true;
}

/** A folder that holds the crate itself says nothing: everything lies below some folder. */
function isOwn({ path, isFolder }: Found, { root }: Crate, own: OwnInputs, reach: 'build' | 'test'): boolean {
  if (!isFolder) return own.holds(root, path, reach);
  return isInside(root, path) || own.holdsFolder(root, path, reach);
}

/** Modules of a source that is taken in from elsewhere lie in the folder of its name, those of a mod.rs beside it. */
function submodules(input: OutsideInput, tree: WorkspaceTree): OutsideInput[] {
  if (input.isFolder) return [];
  const folder = baseName(input.path) === 'mod.rs' ? folderOf(input.path) : input.path.slice(0, -'.rs'.length);
  const found = tree.find(workspacePath(folder));
  return found?.isFolder === true && !isInside(input.from, found.path) ? [{ ...input, ...found }] : [];
}

/** Sources of the manifest's targets that lie where the crate's own inputs do not look, with the modules beside them. */
function targetSources(crate: Crate, tree: WorkspaceTree, own: OwnInputs): OutsideInput[] {
  const { manifest, root } = crate;
  const evidence = manifest.package?.nameSpan;
  const script = buildScriptOf(crate);
  const paths = [manifest.lib?.path, ...manifest.bins.map((bin) => bin.path)].filter((path) => path !== undefined);
  const targets = [...paths.map((path) => joinPath(root, path)), ...(script === undefined ? [] : [script])];
  return targets.flatMap((path): OutsideInput[] => {
    const file = tree.findFile(path);
    if (evidence === undefined || file === undefined || own.holds(root, file, 'build')) return [];
    const input: OutsideInput = { from: root, path: file, isFolder: false, kind: 'include', evidence };
    const folder = folderOf(file);
    return isShared(folder, root) ? [input] : [{ ...input, path: folder, isFolder: true }];
  });
}

/** Whether modules of a target in the folder are not told from other sources: other targets, or the crate itself, lie there. */
function isShared(folder: WorkspacePath, root: WorkspacePath): boolean {
  return isInside(root, folder) || NOT_BUILT_FOLDERS.includes(relativePath(root, folder));
}
