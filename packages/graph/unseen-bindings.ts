import { GENERATED_FILES, type Diagnostic } from '#diagnostics';
import { joinPath, type WorkspacePath } from '#paths';
import type { Crate } from './crates.js';
import type { WorkspaceFacts } from './facts.js';
import type { GoModule } from './modules.js';

/**
 * Bridges of grout.toml whose generated code Nx does not see, because git ignores it or nobody has written it yet. It is
 * what says that Go links Rust: without it a change of one side reaches no build of the other.
 */
export function findUnseenBindings(
  { bridgeFolders, files }: Pick<WorkspaceFacts, 'bridgeFolders' | 'files'>,
  modules: ReadonlyMap<WorkspacePath, GoModule>,
  crates: ReadonlyMap<WorkspacePath, Crate>,
): Diagnostic[] {
  return bridgeFolders.flatMap((folder) => {
    const [go, rust] = [joinPath(folder, 'go'), joinPath(folder, 'rust')];
    const module = modules.get(go);
    if (module === undefined || !crates.has(rust)) return [];
    const unseen = [joinPath(go, GENERATED_FILES.goApi), joinPath(rust, GENERATED_FILES.rustModule)].filter(
      (path) => !files.has(path),
    );
    if (unseen.length === 0) return [];
    return [
      {
        code: 'graph/unseen-bindings',
        severity: 'warning',
        message: `Nx sees no generated code of the bridge in ${folder}: ${unseen.join(' and ')} ${unseen.length === 1 ? 'is' : 'are'} ignored by git, left out by the plugin’s entry in nx.json, or not there`,
        span: { file: module.mod.file, line: 1, column: 1 },
        help: 'run nx sync, and have no .gitignore, .nxignore, include or exclude leave it out: without it a change of one side reaches no build of the other',
      },
    ];
  });
}
