import type { WorkspacePath } from '#paths';
import { ImportScope } from './import-scope.js';
import type { Edge } from './model.js';
import type { GoModule } from './modules.js';
import { reachableFrom } from './reachable.js';

/** Modules that take part when a module is built or tested as the main one; each list begins with the module itself. */
interface ModuleClosure {
  readonly build: readonly WorkspacePath[];
  readonly test: readonly WorkspacePath[];
}

export interface ResolvedImports {
  readonly edges: readonly Edge[];
  readonly closures: ReadonlyMap<WorkspacePath, ModuleClosure>;
}

/** Imports of each module as Go resolves them when that module is the one being built. */
export function resolveImports(modules: ReadonlyMap<WorkspacePath, GoModule>): ResolvedImports {
  const scopes = scopesOf(modules);
  const edges: Edge[] = [];
  const closures = new Map<WorkspacePath, ModuleClosure>();
  for (const [root, scope] of scopes) {
    const closure = closureOf(root, scope);
    closures.set(root, closure);
    edges.push(...scope.edgesOf(root), ...edgesByReplace(root, closure, scopes));
  }
  return { edges, closures };
}

/** The modules of one go.work share a scope; any other module has one of its own. */
function scopesOf(modules: ReadonlyMap<WorkspacePath, GoModule>): ReadonlyMap<WorkspacePath, ImportScope> {
  const together = new Map<string, GoModule[]>();
  for (const module of modules.values()) {
    const key = module.work?.file ?? module.mod.file;
    together.set(key, [...(together.get(key) ?? []), module]);
  }
  const scopes = new Map<WorkspacePath, ImportScope>();
  for (const mains of together.values()) {
    const scope = new ImportScope(mains, modules);
    for (const { root } of mains) scopes.set(root, scope);
  }
  return new Map([...modules.keys()].flatMap((root) => entry(root, scopes)));
}

function entry<K, V>(key: K, map: ReadonlyMap<K, V>): [K, V][] {
  const value = map.get(key);
  return value === undefined ? [] : [[key, value]];
}

function closureOf(root: WorkspacePath, scope: ImportScope): ModuleClosure {
  const build = closeOver([root], scope);
  const testImports = scope.edgesOf(root).map((edge) => edge.to);
  return { build, test: closeOver([root, ...testImports], scope) };
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

/**
 * Edges from the main module to what only its own replaces bring in: an imported module's import that means something
 * else, or nothing of this workspace, where that module is built by itself.
 */
function edgesByReplace(
  main: WorkspacePath,
  closure: ModuleClosure,
  scopes: ReadonlyMap<WorkspacePath, ImportScope>,
): Edge[] {
  const scope = scopes.get(main);
  if (scope === undefined) return [];
  const direct = new Set(scope.edgesOf(main).map(({ to }) => to));
  const inBuild = new Set(closure.build);
  return closure.test.flatMap((member) => {
    const own = scopes.get(member);
    if (member === main || own === scope) return [];
    const known = new Set(own?.edgesOf(member).map(({ to }) => to));
    return scope
      .edgesOf(member)
      .filter(({ to, kind }) => kind === 'go-import' && to !== main && !known.has(to) && !direct.has(to))
      .map((edge): Edge => ({ ...edge, from: main, kind: inBuild.has(edge.to) ? 'go-import' : 'go-test-import' }));
  });
}
