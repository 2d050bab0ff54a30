import type { Diagnostic } from '#diagnostics';
import { lastElement } from '#go';
import type { WorkspacePath } from '#paths';
import type { Crate } from './crates.js';
import type { ProjectNaming } from './facts.js';
import type { GoModule } from './modules.js';

/**
 * One name per root: the pinned one, else the manifest's (Cargo package, or last element of the Go module path) where
 * no other project has it, else the folder's path. In naming mode `path` it is always the folder's path.
 */
export function resolveProjectNames(
  crates: ReadonlyMap<WorkspacePath, Crate>,
  modules: ReadonlyMap<WorkspacePath, GoModule>,
  pinned: ReadonlyMap<WorkspacePath, string>,
  naming: ProjectNaming,
): { names: ReadonlyMap<WorkspacePath, string>; diagnostics: Diagnostic[] } {
  const roots = [...new Set([...crates.keys(), ...modules.keys()])].sort();
  const wished = new Map(roots.map((root) => [root, pinned.get(root) ?? nameOf(root, crates, modules, naming)]));
  const holders = new Map<string, WorkspacePath[]>();
  for (const [root, name] of wished) holders.set(name, [...(holders.get(name) ?? []), root]);
  const names = new Map<WorkspacePath, string>();
  for (const [root, name] of wished) {
    const isAlone = holders.get(name)?.length === 1;
    names.set(root, isAlone || pinned.has(root) ? name : pathName(root));
  }
  const collisions = [...holders].filter(([, sharing]) => sharing.length > 1);
  return { names, diagnostics: collisions.map(([name, sharing]) => collision(name, sharing, crates, modules)) };
}

function nameOf(
  root: WorkspacePath,
  crates: ReadonlyMap<WorkspacePath, Crate>,
  modules: ReadonlyMap<WorkspacePath, GoModule>,
  naming: ProjectNaming,
): string {
  const module = modules.get(root)?.mod.module;
  const fromManifest = crates.get(root)?.side.package ?? (module === undefined ? undefined : lastElement(module));
  return naming === 'path' || fromManifest === undefined ? pathName(root) : fromManifest;
}

/** The folder's path; the workspace root, which has none that is the same in every clone, is called `root`. */
function pathName(root: WorkspacePath): string {
  return root === '.' ? 'root' : root;
}

function collision(
  name: string,
  roots: readonly WorkspacePath[],
  crates: ReadonlyMap<WorkspacePath, Crate>,
  modules: ReadonlyMap<WorkspacePath, GoModule>,
): Diagnostic {
  const first = roots[0];
  const span =
    first === undefined
      ? undefined
      : (crates.get(first)?.manifest.package?.nameSpan ?? modules.get(first)?.mod.moduleSpan);
  return {
    code: 'graph/name-collision',
    severity: 'warning',
    message: `${String(roots.length)} projects would be called \`${name}\` (${roots.join(', ')}); each is called after its folder instead`,
    ...(span === undefined ? {} : { span }),
    help: `pin a name with {"name": "…"} in a project.json beside the manifest, or set the plugin option "projectNames": "path"`,
  };
}
