import { constraintTags, lastElement, type GoFileHeader, type GoMod, type GoWork } from '#go';
import { baseName, folderOf, joinPath, leavesWorkspace, relativePath, workspacePath, type WorkspacePath } from '#paths';
import type { WorkspaceFacts } from './facts.js';
import { foldersUpwards, isSetAside } from './folder-index.js';
import type { Edge, MainPackage } from './model.js';

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

/** All Go modules by root. Modules in testdata/, vendor/ and the like are data, unless a go.work uses them. */
export function resolveModules(facts: WorkspaceFacts): ReadonlyMap<WorkspacePath, GoModule> {
  const works = new Map(facts.goWorks.map((work) => [folderOf(workspacePath(work.file)), work]));
  const used = rootsUsedByGoWorks(facts.goWorks);
  const mods = new Map(facts.goMods.map((mod) => [folderOf(workspacePath(mod.file)), mod]));
  const files = groupByModule(facts.goFiles, mods);
  const modules = new Map<WorkspacePath, GoModule>();
  for (const [root, mod] of mods) {
    if (isSetAside(root) && !used.has(root)) continue;
    const nearest = foldersUpwards(root).find((folder) => works.has(folder));
    const work = nearest === undefined ? undefined : works.get(nearest);
    const lists = nearest !== undefined && work?.use.some((use) => joinPath(nearest, use.path) === root);
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

/** Folders that some go.work uses: modules wherever they lie. */
export function rootsUsedByGoWorks(works: readonly GoWork[]): ReadonlySet<WorkspacePath> {
  return new Set(
    works.flatMap((work) => work.use.map((use) => joinPath(folderOf(workspacePath(work.file)), use.path))),
  );
}

function groupByModule(
  files: readonly GoFileHeader[],
  mods: ReadonlyMap<WorkspacePath, GoMod>,
): ReadonlyMap<WorkspacePath, GoFileHeader[]> {
  const byRoot = new Map<WorkspacePath, GoFileHeader[]>();
  for (const file of files) {
    const folder = folderOf(workspacePath(file.file));
    const root = foldersUpwards(folder).find((candidate) => mods.has(candidate));
    if (
      root === undefined ||
      /^[._]/.test(baseName(file.file)) ||
      isSetAside(relativePath(root, folder) as WorkspacePath)
    )
      continue;
    const list = byRoot.get(root) ?? [];
    list.push(file);
    byRoot.set(root, list);
  }
  return byRoot;
}

/** Edges by import, each to the module that Go would take: replaced folder, module of the same go.work, nothing else. */
export function importEdges(modules: ReadonlyMap<WorkspacePath, GoModule>): Edge[] {
  const byPath = new Map<string, GoModule[]>();
  for (const module of modules.values()) {
    byPath.set(module.mod.module, [...(byPath.get(module.mod.module) ?? []), module]);
  }
  return [...modules.values()].flatMap((module) => edgesOfModule(module, modules, byPath));
}

function edgesOfModule(
  module: GoModule,
  modules: ReadonlyMap<WorkspacePath, GoModule>,
  byPath: ReadonlyMap<string, readonly GoModule[]>,
): Edge[] {
  const edges = new Map<string, Edge>();
  for (const file of module.files) {
    if (isNeverBuilt(file)) continue;
    for (const { path, span } of file.imports) {
      const to = providerOf(path, module, modules, byPath);
      if (to === undefined || to === module.root) continue;
      const kind = file.isTest ? 'go-test-import' : 'go-import';
      if (!edges.has(`${to} ${kind}`)) edges.set(`${to} ${kind}`, { from: module.root, to, kind, evidence: span });
    }
  }
  return [...edges.values()].filter((edge) => edge.kind === 'go-import' || !edges.has(`${edge.to} go-import`));
}

/** The longest module path that is the import path or a prefix of it ending at a slash. */
function providerOf(
  importPath: string,
  importer: GoModule,
  modules: ReadonlyMap<WorkspacePath, GoModule>,
  byPath: ReadonlyMap<string, readonly GoModule[]>,
): WorkspacePath | undefined {
  let prefix = importPath;
  for (;;) {
    if (prefix === importer.mod.module) return importer.root;
    const replaced = replacementOf(prefix, importer);
    if (replaced !== undefined && modules.has(replaced)) return replaced;
    const sibling = byPath.get(prefix)?.find((module) => module.work !== undefined && module.work === importer.work);
    if (sibling !== undefined) return sibling.root;
    const slash = prefix.lastIndexOf('/');
    if (slash === -1) return undefined;
    prefix = prefix.slice(0, slash);
  }
}

/** Folder that a `replace` of the module's go.mod or of its go.work puts in the module path's place. */
function replacementOf(modulePath: string, importer: GoModule): WorkspacePath | undefined {
  const workFolder = importer.work === undefined ? undefined : folderOf(workspacePath(importer.work.file));
  const candidates = [
    ...(importer.work?.replace ?? []).map((replace) => ({ replace, folder: workFolder ?? importer.root })),
    ...importer.mod.replace.map((replace) => ({ replace, folder: importer.root })),
  ];
  const found = candidates.find(({ replace }) => replace.path === modulePath && /^\.{0,2}\//.test(replace.with));
  if (found === undefined) return undefined;
  const target = joinPath(found.folder, found.replace.with);
  return leavesWorkspace(target) ? undefined : target;
}

/** `//go:build ignore` and its like: a file kept out of every build on purpose. */
export function isNeverBuilt(file: GoFileHeader): boolean {
  return file.constraint?.op === 'tag' && file.constraint.tag === 'ignore';
}

/** The commands of a module: folders with a `package main` file that some build takes, named as `go build` names them. */
export function mainPackages(module: GoModule): MainPackage[] {
  const folders = new Set<string>();
  for (const file of module.files) {
    if (file.package !== 'main' || file.isTest || isNeverBuilt(file)) continue;
    folders.add(relativePath(module.root, folderOf(workspacePath(file.file))));
  }
  return [...folders].sort().map((folder) => ({
    folder,
    name: lastElement(folder === '.' ? module.mod.module : `${module.mod.module}/${folder}`),
  }));
}

/** Tags that the module's build constraints name, GOOS, GOARCH and Go's own left out. */
export function moduleTags(module: GoModule): string[] {
  const tags = module.files.flatMap((file) => (file.constraint === undefined ? [] : constraintTags(file.constraint)));
  return [...new Set(tags)].sort();
}
