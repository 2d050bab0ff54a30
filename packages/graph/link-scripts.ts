import type { LinkScript } from '#go';
import { folderOf, isInside, joinPath, workspacePath, type WorkspacePath } from '#paths';
import { foldersUpwards } from './folder-index.js';
import { findLibrary, type LibraryIndex } from './libraries.js';
import { parseLinkWords, searchFolders } from './link-words.js';
import type { Edge } from './model.js';
import type { GoModule } from './modules.js';

type Modules = ReadonlyMap<WorkspacePath, GoModule>;

/**
 * Finds the crates whose libraries scripts hand to the linker of a Go build. Which module that is follows from the folder
 * that go runs in, else from the place of the script; where that leaves several, no edge is drawn.
 */
export function findScriptEdges(scripts: readonly LinkScript[], modules: Modules, libraries: LibraryIndex): Edge[] {
  return scripts.flatMap((script) => {
    const folder = folderOf(workspacePath(script.file));
    const goFolders = new Set(script.words.map((word) => word.folder));
    return [...goFolders].flatMap((goFolder) => {
      const from = moduleOfBuild(goFolder, folder, modules) ?? moduleOfScript(folder, modules);
      const words = script.words.filter((word) => word.folder === goFolder);
      return from === undefined ? [] : edgesOfWords(words, from, folder, libraries);
    });
  });
}

function edgesOfWords(
  placed: LinkScript['words'],
  from: WorkspacePath,
  folder: WorkspacePath,
  libraries: LibraryIndex,
): Edge[] {
  const words = placed.map(({ word }) => word);
  const searched = searchFolders(words);
  return parseLinkWords(words).flatMap((name): Edge[] => {
    const found = findLibrary(name, libraries, folder, searched);
    const evidence = placed.find(({ word }) => word === name.words.at(-1))?.span;
    if (!('crate' in found) || evidence === undefined) return [];
    return [{ from, to: found.crate.root, kind: 'cgo-script', evidence }];
  });
}

/** The module around the folder that go runs in; scripts start beside themselves or at the root of the workspace. */
function moduleOfBuild(
  goFolder: string | undefined,
  folder: WorkspacePath,
  modules: Modules,
): WorkspacePath | undefined {
  if (goFolder === undefined) return undefined;
  for (const built of [joinPath(folder, goFolder), workspacePath(goFolder)]) {
    const module = modules.get(nearestModule(built, modules) ?? built);
    const isThere = module?.files.some(({ file }) => isInside(workspacePath(file), built));
    if (module !== undefined && (isThere === true || module.root === built)) return module.root;
  }
  return undefined;
}

/** The nearest module above the script, else the only one below its folder that uses cgo. */
function moduleOfScript(folder: WorkspacePath, modules: Modules): WorkspacePath | undefined {
  const above = nearestModule(folder, modules);
  if (above !== undefined) return above;
  const below = [...modules.values()].filter(({ root }) => isInside(root, folder));
  const [only, ...others] = below.filter(({ files }) => files.some(({ importsC }) => importsC));
  return others.length === 0 ? only?.root : undefined;
}

function nearestModule(folder: WorkspacePath, modules: Modules): WorkspacePath | undefined {
  return foldersUpwards(folder).find((each) => modules.has(each));
}
