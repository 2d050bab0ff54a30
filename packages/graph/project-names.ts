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
  const names = new Map(roots.map((root) => [root, pinned.get(root) ?? nameOf(root, crates, modules, naming)]));
  const diagnostics: Diagnostic[] = [];
  for (let shared = sharedNames(names, pinned); shared.length > 0; shared = sharedNames(names, pinned)) {
    for (const { name, holders, yielding } of shared) {
      diagnostics.push(collision(name, holders, crates, modules));
      for (const root of yielding) names.set(root, pathName(root));
    }
  }
  return { names: withFreePaths(names, pinned), diagnostics };
}

interface SharedName {
  readonly name: string;
  readonly holders: readonly WorkspacePath[];
  /** Those that go by their folder instead. */
  readonly yielding: readonly WorkspacePath[];
}

/** Names with several holders of which one can still go by its folder; projects of other plugins hold theirs by a pin. */
function sharedNames(
  names: ReadonlyMap<WorkspacePath, string>,
  pinned: ReadonlyMap<WorkspacePath, string>,
): SharedName[] {
  const holders = new Map<string, WorkspacePath[]>();
  for (const [root, name] of new Map([...pinned, ...names])) holders.set(name, [...(holders.get(name) ?? []), root]);
  return [...holders].flatMap(([name, sharing]) => {
    const yielding = sharing.filter((root) => !pinned.has(root) && name !== pathName(root));
    return sharing.length > 1 && yielding.length > 0 ? [{ name, holders: sharing, yielding }] : [];
  });
}

/** A path can be taken as well: by a pinned name, or `root` by a folder that is called so. It is numbered then. */
function withFreePaths(
  names: ReadonlyMap<WorkspacePath, string>,
  pinned: ReadonlyMap<WorkspacePath, string>,
): ReadonlyMap<WorkspacePath, string> {
  const taken = new Set(pinned.values());
  const free = new Map<WorkspacePath, string>();
  for (const [root, name] of names) {
    let candidate = name;
    for (let count = 2; !pinned.has(root) && taken.has(candidate); count++) candidate = `${name}-${count}`;
    taken.add(candidate);
    free.set(root, candidate);
  }
  return free;
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
  const span = roots
    .map((root) => crates.get(root)?.manifest.package?.nameSpan ?? modules.get(root)?.mod.moduleSpan)
    .find((place) => place !== undefined);
  return {
    code: 'graph/name-collision',
    severity: 'warning',
    message: `${String(roots.length)} projects would be called \`${name}\` (${roots.join(', ')}); those without a pinned name are called after their folder instead`,
    ...(span === undefined ? {} : { span }),
    help: `pin a name with {"name": "…"} in a project.json beside the manifest, or set the plugin option "projectNames": "path"`,
  };
}
