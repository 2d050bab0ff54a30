import type { WorkspacePath } from '#paths';
import type { BuildWorld } from './build-world.js';
import { ImportScope } from './import-scope.js';
import type { Edge } from './model.js';
import type { GoModule } from './modules.js';
import { reachableFrom } from './reachable.js';

/** What the imports of a module mean when that module is the one being built, by its root. */
export type ImportScopes = ReadonlyMap<WorkspacePath, ImportScope>;

/** The modules of one go.work share a scope; any other module has one of its own. */
export function resolveImportScopes(modules: ReadonlyMap<WorkspacePath, GoModule>, world: BuildWorld): ImportScopes {
  const together = new Map<string, GoModule[]>();
  for (const module of modules.values()) {
    const key = module.work?.file ?? module.mod.file;
    const mains = together.get(key);
    if (mains === undefined) together.set(key, [module]);
    else mains.push(module);
  }
  const scopes = new Map<WorkspacePath, ImportScope>();
  for (const mains of together.values()) {
    const scope = new ImportScope(mains, modules, world);
    for (const { root } of mains) scopes.set(root, scope);
  }
  return scopes;
}

/** One edge for each module that another one imports, those that only replaces of the main module bring in included. */
export function importEdges(modules: ReadonlyMap<WorkspacePath, GoModule>, scopes: ImportScopes): Edge[] {
  return [...modules.keys()].flatMap((root) => {
    const scope = scopes.get(root);
    return scope === undefined ? [] : [...scope.edgesOf(root), ...edgesByReplace(root, scope, scopes)];
  });
}

/**
 * Edges from the main module to what only its own replaces bring in: an imported module's import that means something
 * else, or nothing of this workspace, where that module is built by itself.
 */
function edgesByReplace(main: WorkspacePath, scope: ImportScope, scopes: ImportScopes): Edge[] {
  const direct = scope.edgesOf(main);
  if (direct.every(({ to }) => scopes.get(to) === scope)) return [];
  const known = new Set(direct.map(({ to }) => to));
  const inBuild = new Set(closeOver([main], scope));
  return closeOver([main, ...known], scope).flatMap((member) => {
    const own = scopes.get(member);
    if (member === main || own === scope) return [];
    const alone = new Set(own?.edgesOf(member).map(({ to }) => to));
    return scope
      .edgesOf(member)
      .filter(({ to, kind }) => kind === 'go-import' && to !== main && !alone.has(to) && !known.has(to))
      .map((edge): Edge => {
        const moved: Edge = { ...edge, from: main };
        return inBuild.has(edge.to) ? moved : { ...moved, kind: 'go-test-import', testOnly: true };
      });
  });
}

function closeOver(starts: readonly WorkspacePath[], scope: ImportScope): readonly WorkspacePath[] {
  return reachableFrom(starts, {
    get: (root) =>
      scope
        .edgesOf(root)
        .filter(({ kind }) => kind === 'go-import')
        .map(({ to }) => to),
  });
}
