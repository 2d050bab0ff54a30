import type { RustSource } from '#cargo';
import { folderOf, joinPath, relativePath, workspacePath, type WorkspacePath } from '#paths';
import { NOT_BUILT_FOLDERS } from './crate-folder.js';
import type { Crate } from './crates.js';
import type { WorkspaceFacts } from './facts.js';
import { foldersUpwards } from './folder-index.js';

/** A source of a crate that says something. */
export interface CrateSource {
  readonly crate: Crate;
  readonly source: RustSource;
  /** What cargo takes it for: the build script and its modules, code, or code of tests, benchmarks and examples. */
  readonly role: 'script' | 'code' | 'test';
}

/** Gives each source to the crate whose folder it lies in. */
export function groupRustSources(
  facts: Pick<WorkspaceFacts, 'cargoManifests' | 'rustSources' | 'files'>,
  crates: ReadonlyMap<WorkspacePath, Crate>,
): CrateSource[] {
  const packages = facts.cargoManifests.filter((manifest) => manifest.package !== undefined);
  const roots = new Set(packages.map(({ file }) => folderOf(workspacePath(file))));
  const byFile = new Map(facts.rustSources.map((source) => [workspacePath(source.file), source]));
  const scripts = scriptSources(crates, byFile);
  return [...byFile].flatMap(([file, source]): CrateSource[] => {
    const root = foldersUpwards(folderOf(file)).find((folder) => roots.has(folder));
    const crate = root === undefined ? undefined : crates.get(root);
    if (crate === undefined) return [];
    const isTest = NOT_BUILT_FOLDERS.includes(relativePath(crate.root, file).split('/', 1)[0] ?? '');
    return [{ crate, source, role: scripts.has(file) ? 'script' : isTest ? 'test' : 'code' }];
  });
}

/** Path of the crate's build script, whether or not it exists: `package.build`, else build.rs beside the manifest. */
export function buildScriptOf({ root, manifest }: Crate): WorkspacePath | undefined {
  const build = manifest.package?.build ?? 'build.rs';
  return build === false ? undefined : joinPath(root, build);
}

/** The build scripts of all crates with the modules that they are made of. */
function scriptSources(
  crates: ReadonlyMap<WorkspacePath, Crate>,
  byFile: ReadonlyMap<WorkspacePath, RustSource>,
): ReadonlySet<WorkspacePath> {
  const scripts = new Set([...crates.values()].flatMap((crate) => buildScriptOf(crate) ?? []));
  const starts = new Set(scripts);
  for (const file of scripts) {
    const source = byFile.get(file);
    if (source === undefined) continue;
    const folder = folderOf(file);
    const isRoot = starts.has(file) || file.endsWith('/mod.rs');
    const below = isRoot ? folder : (file.replace(/\.rs$/, '') as WorkspacePath);
    for (const name of source.modules) scripts.add(joinPath(below, `${name}.rs`)).add(joinPath(below, name, 'mod.rs'));
    for (const { path, base } of source.includes) if (base === 'file') scripts.add(joinPath(folder, path));
  }
  return scripts;
}
