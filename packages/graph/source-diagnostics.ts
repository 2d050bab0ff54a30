import type { Diagnostic } from '#diagnostics';
import { baseName, folderOf, joinPath, relativePath, workspacePath, type WorkspacePath } from '#paths';
import type { WorkspaceFacts } from './facts.js';
import { foldersUpwards, isSetAside } from './folder-index.js';
import { rootsNamedByGo } from './modules.js';
import { namedByManifests } from './named-crates.js';

/** What parsing found in files that take part in builds, as grave as it is for the graph. */
export function sourceDiagnostics(facts: WorkspaceFacts): readonly Diagnostic[] {
  if (facts.diagnostics.length === 0) return [];
  const judge = new SourceJudge(facts);
  return facts.diagnostics
    .filter((diagnostic) => judge.takesPart(diagnostic))
    .map((each) => judge.asGraphProblem(each));
}

class SourceJudge {
  readonly #facts: WorkspaceFacts;
  readonly #isNamedByCargo: (folder: WorkspacePath) => boolean;
  readonly #namedByGo: ReadonlySet<WorkspacePath>;

  constructor(facts: WorkspaceFacts) {
    this.#facts = facts;
    this.#isNamedByCargo = namedByManifests(facts.cargoManifests);
    this.#namedByGo = rootsNamedByGo(facts);
  }

  /**
   * Files in testdata/, vendor/ and the like are often broken on purpose; they count only in a folder that some manifest,
   * go.work or `replace` names as a crate or module. A .go file counts only where Go would read it.
   */
  takesPart({ span }: Diagnostic): boolean {
    if (span === undefined) return true;
    const folder = folderOf(workspacePath(span.file));
    const above = foldersUpwards(folder);
    if (span.file.endsWith('.go')) {
      const hasModule = above.some((root) => this.#facts.files.has(joinPath(root, 'go.mod')));
      if (!hasModule || /^[._]/.test(baseName(span.file))) return false;
    }
    if (!isSetAside(folder)) return true;
    return above.some((root) => this.#isNamed(root) && !isSetAside(workspacePath(relativePath(root, folder))));
  }

  asGraphProblem(diagnostic: Diagnostic): Diagnostic {
    // A source that is being typed is go's to refuse when it is built; it must not stop every command of Nx.
    if (diagnostic.span?.file.endsWith('.go') === true) return { ...diagnostic, severity: 'warning' };
    return this.#isSpareTemplate(diagnostic) ? { ...diagnostic, severity: 'warning', help: LEAVE_OUT } : diagnostic;
  }

  /** A manifest for other workspaces than this one, from which nothing here is built. */
  #isSpareTemplate({ code, severity, span }: Diagnostic): boolean {
    const file = baseName(span?.file ?? '');
    if (span === undefined || severity !== 'error' || !['Cargo.toml', 'go.mod'].includes(file)) return false;
    const folder = folderOf(workspacePath(span.file));
    const { files, cargoManifests, goMods } = this.#facts;
    const hasOthers = (file === 'go.mod' ? goMods : cargoManifests).length > 0;
    if (folder === '.' || this.#isNamed(folder) || !hasOthers) return false;
    return (
      code.endsWith('/template') ||
      foldersUpwards(folder).some((above) => files.has(joinPath(above, 'cargo-generate.toml')))
    );
  }

  #isNamed(folder: WorkspacePath): boolean {
    return this.#isNamedByCargo(folder) || this.#namedByGo.has(folder);
  }
}

const LEAVE_OUT =
  'nothing names it, so it makes no project; list it in .nxignore, or in `exclude` of nx-grout in nx.json, and it is not read';
