import { parseCargoLock, parseCargoManifest } from '#cargo';
import type { Diagnosed, Diagnostic } from '#diagnostics';
import { parseGoFileHeader, parseGoMod, parseGoWork } from '#go';
import type { WorkspaceFacts } from '#graph';
import { baseName, folderOf, workspacePath, type WorkspacePath } from '#paths';
import { parseGroutToml } from '#scaffold';
import type { FileSystem } from '#workspace';
import type { FactCache } from './fact-cache.js';

/** Files that the graph is made of. Cargo finds binaries by their place, so those sources count by their names alone. */
export const GRAPH_FILES =
  '{grout.toml,**/Cargo.toml,**/Cargo.lock,**/go.mod,**/go.work,**/*.go,**/project.json,**/src/lib.rs,**/src/main.rs,**/src/bin/*.rs,**/src/bin/*/main.rs}';

/** Reads and parses the given files, each at most once per content. */
export function readFacts(paths: readonly string[], files: FileSystem, cache: FactCache): WorkspaceFacts {
  cache.begin();
  const diagnostics: Diagnostic[] = [];
  const collect = <T>(path: WorkspacePath, parse: (file: string, text: string) => Diagnosed<T | undefined>): T[] => {
    const text = files.readText(path);
    if (text === undefined) return [];
    const record = cache.record(path, text, parse);
    diagnostics.push(...record.diagnostics);
    return record.value === undefined ? [] : [record.value];
  };
  const all = paths.map(workspacePath);
  const named = (name: string): WorkspacePath[] => all.filter((path) => baseName(path) === name);
  const facts = {
    cargoManifests: named('Cargo.toml').flatMap((path) => collect(path, parseCargoManifest)),
    cargoLocks: new Map(
      named('Cargo.lock').flatMap((path) =>
        collect(path, parseCargoLock).map((lock) => [folderOf(path), lock] as const),
      ),
    ),
    rustEntryFiles: all.filter((path) => path.endsWith('.rs')),
    goMods: named('go.mod').flatMap((path) => collect(path, parseGoMod)),
    goWorks: named('go.work').flatMap((path) => collect(path, parseGoWork)),
    goFiles: all.filter((path) => path.endsWith('.go')).flatMap((path) => collect(path, parseGoFileHeader)),
    pinnedNames: new Map(named('project.json').flatMap((path) => readPinnedName(path, files))),
  };
  named('grout.toml').forEach((path) => collect(path, parseGroutToml));
  cache.save();
  return { ...facts, diagnostics };
}

/** A project.json that cannot be read is Nx's to report; here it only pins no name. */
function readPinnedName(path: WorkspacePath, files: FileSystem): [WorkspacePath, string][] {
  try {
    const { name } = JSON.parse(files.readText(path) ?? '{}') as { name?: unknown };
    return typeof name === 'string' && name !== '' ? [[folderOf(path), name]] : [];
  } catch {
    return [];
  }
}
