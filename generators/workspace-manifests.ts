import { visitNotIgnoredFiles, type Tree } from '@nx/devkit';
import { parseCargoManifest, type CargoManifest } from '#cargo';
import { parseGoMod, type GoMod } from '#go';
import { baseName, folderOf, workspacePath, type WorkspacePath } from '#paths';
import { readText } from './tree-files.js';

/** The crates, modules and projects that a workspace has already. */
export interface WorkspaceManifests {
  readonly crates: readonly { readonly folder: WorkspacePath; readonly manifest: CargoManifest }[];
  readonly modules: readonly { readonly folder: WorkspacePath; readonly mod: GoMod }[];
  /** Names that project.json and package.json files give, with the file. */
  readonly projectNames: ReadonlyMap<string, WorkspacePath>;
}

const manifestNames = new Set(['Cargo.toml', 'go.mod', 'project.json', 'package.json']);

/** Folders in which a manifest is no project of the workspace. */
const foreignFolders = new Set(['node_modules', 'target', 'dist', 'vendor', 'testdata', '.git', '.nx']);

/** Reads every manifest of the workspace; one that is broken is for the build to report, here it names nothing. */
export function readWorkspaceManifests(tree: Tree): WorkspaceManifests {
  const paths = listManifests(tree);
  const named = (name: string): WorkspacePath[] => paths.filter((path) => baseName(path) === name);
  const crates = named('Cargo.toml').flatMap((path) => {
    const manifest = parseCargoManifest(path, readText(tree, path) ?? '').value;
    return manifest === undefined ? [] : [{ folder: folderOf(path), manifest }];
  });
  const modules = named('go.mod').flatMap((path) => {
    const mod = parseGoMod(path, readText(tree, path) ?? '').value;
    return mod === undefined ? [] : [{ folder: folderOf(path), mod }];
  });
  const projects = [...named('project.json'), ...named('package.json')].flatMap((path): [string, WorkspacePath][] => {
    const name = readName(tree, path);
    return name === undefined ? [] : [[name, path]];
  });
  return { crates, modules, projectNames: new Map(projects) };
}

function listManifests(tree: Tree): WorkspacePath[] {
  const paths: WorkspacePath[] = [];
  visitNotIgnoredFiles(tree, '.', (file) => {
    const path = workspacePath(file);
    const isManifest = manifestNames.has(baseName(path));
    if (isManifest && !path.split('/').some((part) => foreignFolders.has(part))) paths.push(path);
  });
  return paths.sort();
}

function readName(tree: Tree, path: WorkspacePath): string | undefined {
  try {
    const { name } = JSON.parse(readText(tree, path) ?? '{}') as { name?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}
