import type { RustPath } from '#cargo';
import { baseName, folderOf, isInside, joinPath, workspacePath, type WorkspacePath } from '#paths';
import type { Crate } from './crates.js';
import type { WorkspaceFacts } from './facts.js';
import type { OutsideInput } from './model.js';
import type { OwnInputs } from './own-inputs.js';
import { buildScriptOf, type CrateSource } from './rust-sources.js';
import type { Found, WorkspaceTree } from './workspace-tree.js';

export interface IncludeSurroundings {
  readonly facts: Pick<WorkspaceFacts, 'rustSources'>;
  readonly crates: ReadonlyMap<WorkspacePath, Crate>;
  readonly sources: readonly CrateSource[];
  readonly tree: WorkspaceTree;
  readonly own: OwnInputs;
}

/**
 * Finds the files that Rust sources take in from where their crate's own inputs do not look: beyond its folder, and in
 * parts of it that builds otherwise leave alone. A source outside the crate brings what it takes in itself.
 */
export function findRustIncludes({ facts, crates, sources, tree, own }: IncludeSurroundings): OutsideInput[] {
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
  return inputs;
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
  const starts = { file: [folder], manifest: [crate.root], either: [folder, crate.root] }[include.base];
  const inputs = starts.flatMap((start): OutsideInput[] => {
    const path = joinPath(start, include.path);
    const file = tree.findFile(path);
    const found: Found | undefined = file === undefined ? undefined : { path: file, isFolder: false };
    const target = found ?? (takesFolder ? tree.find(path) : undefined);
    if (target === undefined || isOwn(target, crate, own, isTest ? 'test' : 'build')) return [];
    return [
      { from: crate.root, ...target, kind: 'include', evidence: include.span, ...(isTest ? { testOnly: true } : {}) },
    ];
  });
  return inputs.filter(({ path }, index) => inputs.findIndex((other) => other.path === path) === index);
}

/** A folder that holds the crate itself says nothing: everything lies below some folder. */
function isOwn({ path, isFolder }: Found, { root }: Crate, own: OwnInputs, reach: 'build' | 'test'): boolean {
  if (!isFolder) return own.holds(root, path, reach);
  return isInside(root, path) || own.holds(root, joinPath(path, 'any'), reach);
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
    return isInside(file, root) || isInside(root, folder) ? [input] : [{ ...input, path: folder, isFolder: true }];
  });
}
