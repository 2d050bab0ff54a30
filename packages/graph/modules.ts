import { constraintTags, lastElement, type GoFileHeader, type GoMod, type GoReplace, type GoWork } from '#go';
import { baseName, folderOf, joinPath, leavesWorkspace, relativePath, workspacePath, type WorkspacePath } from '#paths';
import type { WorkspaceFacts } from './facts.js';
import { foldersUpwards, isSetAside } from './folder-index.js';
import type { MainPackage } from './model.js';

/** A Go module of this workspace with the files that belong to it and the go.work that governs it. */
export interface GoModule {
  readonly root: WorkspacePath;
  readonly mod: GoMod;
  readonly files: readonly GoFileHeader[];
  /** Nearest go.work above, when it lists this module. */
  readonly work?: GoWork;
  /** Whether the nearest go.work above does not list this module. */
  readonly foreignGoWork: boolean;
}

/** All Go modules by root. Modules in testdata/, vendor/ and the like are data, unless a go.work or a `replace` names them. */
export function resolveModules(facts: WorkspaceFacts): ReadonlyMap<WorkspacePath, GoModule> {
  const works = new Map(facts.goWorks.map((work) => [folderOf(workspacePath(work.file)), work]));
  const named = rootsNamedByGo(facts);
  const mods = new Map(facts.goMods.map((mod) => [folderOf(workspacePath(mod.file)), mod]));
  const files = groupByModule(facts.goFiles, mods);
  const used = new Map([...works].map(([folder, work]) => [folder, usedRoots(folder, work)]));
  const modules = new Map<WorkspacePath, GoModule>();
  for (const [root, mod] of mods) {
    if (isSetAside(root) && !named.has(root)) continue;
    const nearest = foldersUpwards(root).find((folder) => works.has(folder));
    const work = nearest === undefined ? undefined : works.get(nearest);
    const lists = nearest !== undefined && used.get(nearest)?.has(root);
    modules.set(root, {
      root,
      mod,
      files: files.get(root) ?? [],
      ...(work !== undefined && lists === true ? { work } : {}),
      foreignGoWork: work !== undefined && lists !== true,
    });
  }
  return modules;
}

function usedRoots(folder: WorkspacePath, work: GoWork): ReadonlySet<WorkspacePath> {
  return new Set(work.use.map(({ path }) => joinPath(folder, path)));
}

/** Folders that a go.work uses, or that a `replace` of a go.work or of a real module points to: modules wherever they lie. */
export function rootsNamedByGo(facts: Pick<WorkspaceFacts, 'goMods' | 'goWorks'>): ReadonlySet<WorkspacePath> {
  const mods = new Map(facts.goMods.map((mod) => [folderOf(workspacePath(mod.file)), mod]));
  const named = new Set<WorkspacePath>();
  for (const work of facts.goWorks) {
    const folder = folderOf(workspacePath(work.file));
    for (const { path } of work.use) named.add(joinPath(folder, path));
    for (const replace of work.replace) {
      const target = folderOfReplace(replace, folder);
      if (target !== undefined) named.add(target);
    }
  }
  const real = new Set([...[...mods.keys()].filter((root) => !isSetAside(root)), ...named]);
  for (const root of real) {
    for (const replace of mods.get(root)?.replace ?? []) {
      const target = folderOfReplace(replace, root);
      if (target === undefined) continue;
      named.add(target);
      real.add(target);
    }
  }
  return named;
}

/** Folder of this workspace that a `replace` puts in a module's place; undefined for another module or a folder outside. */
export function folderOfReplace(replace: GoReplace, folder: WorkspacePath): WorkspacePath | undefined {
  if (!/^\.{1,2}(?:\/|$)/.test(replace.with)) return undefined;
  const target = joinPath(folder, replace.with);
  return leavesWorkspace(target) ? undefined : target;
}

function groupByModule(
  files: readonly GoFileHeader[],
  mods: ReadonlyMap<WorkspacePath, GoMod>,
): ReadonlyMap<WorkspacePath, GoFileHeader[]> {
  const byRoot = new Map<WorkspacePath, GoFileHeader[]>();
  const imported = importsOfPassedOver(files);
  for (const file of files) {
    const folder = folderOf(workspacePath(file.file));
    const root = foldersUpwards(folder).find((candidate) => mods.has(candidate));
    if (root === undefined || /^[._]/.test(baseName(file.file))) continue;
    const path = relativePath(root, folder);
    if (PASSED_OVER.test(path) && !imported.has(`${mods.get(root)?.module ?? ''}/${path}`)) continue;
    const list = byRoot.get(root);
    if (list === undefined) byRoot.set(root, [file]);
    else list.push(file);
  }
  return byRoot;
}

/** Folders that `./...` passes over (https://pkg.go.dev/cmd/go#hdr-Package_lists_and_patterns). */
const PASSED_OVER = /(?:^|\/)(?:testdata|vendor|[_.][^/]*)(?:\/|$)(?<!^\.)/;

/** Import paths of packages in such folders: who names one gets it all the same. */
function importsOfPassedOver(files: readonly GoFileHeader[]): ReadonlySet<string> {
  const paths = files.flatMap((file) => file.imports.map(({ path }) => path));
  return new Set(paths.filter((path) => /\/(?:testdata|[_.])/.test(path)));
}

/** `//go:build ignore` and its like: a file kept out of every build on purpose. */
export function isNeverBuilt(file: GoFileHeader): boolean {
  return file.constraint?.op === 'tag' && file.constraint.tag === 'ignore';
}

/** Folder of the package that a file of the module belongs to, relative to the module. */
export function packageFolderOf(module: GoModule, file: string): string {
  return relativePath(module.root, folderOf(workspacePath(file)));
}

/** Folders of the module's packages, relative to it; those that hold only tests are among them. */
export function packageFolders(module: GoModule): readonly string[] {
  const folders = module.files.map(({ file }) => packageFolderOf(module, file));
  return [...new Set(folders)].sort();
}

/**
 * The commands of a module: folders with a `package main` file that some build takes, named as `go build` names them.
 * Where that is the name of several, each goes by its whole folder, so that none overwrites another.
 */
export function commandsOf(module: GoModule): Pick<MainPackage, 'folder' | 'name'>[] {
  const folders = new Set<string>();
  for (const file of module.files) {
    if (file.package !== 'main' || file.isTest || isNeverBuilt(file)) continue;
    folders.add(packageFolderOf(module, file.file));
  }
  const names = new Map([...folders].sort().map((folder) => [folder, goName(module, folder)]));
  // One round is enough but for folders such as `cmd/a` and `cmd-a`, or one that is called like the module.
  for (let round = 1, shared = sharedIn(names); shared.size > 0; round++, shared = sharedIn(names)) {
    for (const [folder, name] of names) {
      if (shared.has(name) && folder !== '.') names.set(folder, nameByFolder(module, folder, round));
    }
  }
  return [...names].map(([folder, name]) => ({ folder, name }));
}

function sharedIn(names: ReadonlyMap<string, string>): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set([...names.values()].filter((name) => seen.size === seen.add(name).size));
}

/** The module's own folder has no other name than the module. */
function nameByFolder(module: GoModule, folder: string, round: number): string {
  const separator = '-'.repeat(round);
  const path = folder.replaceAll('/', separator);
  return round === 1 ? path : `${goName(module, '.')}${separator}${path}`;
}

function goName({ mod }: GoModule, folder: string): string {
  return lastElement(folder === '.' ? mod.module : `${mod.module}/${folder}`);
}

/** Tags that the module's build constraints name, GOOS, GOARCH and Go's own left out. */
export function moduleTags(module: GoModule): string[] {
  const tags = module.files.flatMap((file) => (file.constraint === undefined ? [] : constraintTags(file.constraint)));
  return [...new Set(tags)].sort();
}
