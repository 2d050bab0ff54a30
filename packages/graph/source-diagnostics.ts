import type { Diagnostic } from '#diagnostics';
import { folderOf, relativePath, workspacePath } from '#paths';
import type { WorkspaceFacts } from './facts.js';
import { foldersUpwards, isSetAside } from './folder-index.js';
import { rootsNamedByGo } from './modules.js';
import { namedByManifests } from './named-crates.js';

/**
 * What parsing found in files that take part in builds. Files in testdata/, vendor/ and the like are often broken on
 * purpose; they count only in a folder that some manifest, go.work or `replace` names as a crate or module.
 */
export function sourceDiagnostics(facts: WorkspaceFacts): readonly Diagnostic[] {
  const namedByCargo = namedByManifests(facts.cargoManifests);
  const namedByGo = rootsNamedByGo(facts);
  const takesPart = ({ span }: Diagnostic): boolean => {
    if (span === undefined) return true;
    const folder = folderOf(workspacePath(span.file));
    if (!isSetAside(folder)) return true;
    return foldersUpwards(folder).some(
      (root) => (namedByCargo(root) || namedByGo.has(root)) && !isSetAside(workspacePath(relativePath(root, folder))),
    );
  };
  return facts.diagnostics.filter(takesPart).map(asGraphProblem);
}

/** A source that is being typed is go's to refuse when it is built; it must not stop every command of Nx. */
function asGraphProblem(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.span?.file.endsWith('.go') === true ? { ...diagnostic, severity: 'warning' } : diagnostic;
}
