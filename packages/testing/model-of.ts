import { parseCargoLock, parseCargoManifest } from '#cargo';
import { parseGoFileHeader, parseGoMod, parseGoWork } from '#go';
import { resolveProjectModel, type ProjectModel, type ProjectNaming } from '#graph';
import { baseName, folderOf, workspacePath } from '#paths';

/** The project model of a workspace given as texts by path; parsed by the real parsers. */
export function modelOf(texts: Readonly<Record<string, string>>, naming: ProjectNaming = 'manifest'): ProjectModel {
  const entries = Object.entries(texts);
  const named = (name: string): [string, string][] => entries.filter(([path]) => baseName(path) === name);
  const parsed = <T>(files: [string, string][], parse: (file: string, text: string) => { value: T | undefined }): T[] =>
    files.flatMap(([path, text]) => parse(path, text).value ?? []);
  return resolveProjectModel(
    {
      cargoManifests: parsed(named('Cargo.toml'), parseCargoManifest),
      rustEntryFiles: entries.map(([path]) => workspacePath(path)).filter((path) => path.endsWith('.rs')),
      cargoLocks: new Map(
        named('Cargo.lock').flatMap(([path, text]) => {
          const lock = parseCargoLock(path, text).value;
          return lock === undefined ? [] : [[folderOf(workspacePath(path)), lock] as const];
        }),
      ),
      goMods: parsed(named('go.mod'), parseGoMod),
      goWorks: parsed(named('go.work'), parseGoWork),
      goFiles: parsed(
        entries.filter(([path]) => path.endsWith('.go')),
        parseGoFileHeader,
      ),
      pinnedNames: new Map(
        named('project.json').map(([path, text]) => [
          folderOf(workspacePath(path)),
          (JSON.parse(text) as { name: string }).name,
        ]),
      ),
      diagnostics: [],
    },
    naming,
  );
}
