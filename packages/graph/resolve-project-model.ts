import type { Diagnostic } from '#diagnostics';
import { folderOf, relativePath, workspacePath, type WorkspacePath } from '#paths';
import { indexLibraries, resolveCgoLinks, type ModuleLinks } from './cgo-links.js';
import { resolveCrates, type Crate } from './crates.js';
import type { ProjectNaming, WorkspaceFacts } from './facts.js';
import { resolveImports, type ResolvedImports } from './imports.js';
import { patchEdges } from './locked-patches.js';
import type { Edge, GoSide, Project, ProjectModel } from './model.js';
import { isNeverBuilt, mainPackages, moduleTags, resolveModules, type GoModule } from './modules.js';
import { resolveProjectNames } from './project-names.js';
import { sourceDiagnostics } from './source-diagnostics.js';

/** Facts of every file in, projects and edges out. Index first, then resolve; nothing is looked up by display name. */
export function resolveProjectModel(facts: WorkspaceFacts, naming: ProjectNaming): ProjectModel {
  const { crates, edges: crateEdges } = resolveCrates(facts);
  const patched = patchEdges(crates, facts.cargoLocks ?? new Map());
  const modules = resolveModules(facts);
  const libraries = indexLibraries(crates.values());
  const links = new Map([...modules].map(([root, module]) => [root, resolveCgoLinks(module, libraries)]));
  const imports = resolveImports(modules);
  const { names, diagnostics } = resolveProjectNames(crates, modules, facts.pinnedNames, naming);
  const goSides = resolveGoSides(modules, links, imports);
  const projects = [...names].map(([root, name]) => projectOf(root, name, crates.get(root), goSides.get(root)));
  return {
    projects,
    edges: withoutInner([...crateEdges, ...patched, ...imports.edges, ...linkEdges(links)]),
    diagnostics: [
      ...sourceDiagnostics(facts),
      ...diagnostics,
      ...[...links.values()].flatMap((found): readonly Diagnostic[] => found.diagnostics),
    ],
  };
}

function projectOf(root: WorkspacePath, name: string, crate: Crate | undefined, go: GoSide | undefined): Project {
  return { root, name, ...(crate === undefined ? {} : { rust: crate.side }), ...(go === undefined ? {} : { go }) };
}

function linkEdges(links: ReadonlyMap<WorkspacePath, ModuleLinks>): Edge[] {
  return [...links].flatMap(([from, found]) =>
    found.links.map((link): Edge => ({ from, to: link.crate, kind: 'cgo-link', evidence: link.span })),
  );
}

/** Edges inside one root join the two sides of one project; Nx has no edge from a project to itself. */
function withoutInner(edges: readonly Edge[]): Edge[] {
  const seen = new Set<string>();
  return edges.filter((edge) => {
    const key = `${edge.from} ${edge.to} ${edge.kind}`;
    if (edge.from === edge.to || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function resolveGoSides(
  modules: ReadonlyMap<WorkspacePath, GoModule>,
  links: ReadonlyMap<WorkspacePath, ModuleLinks>,
  { edges, closures }: ResolvedImports,
): ReadonlyMap<WorkspacePath, GoSide> {
  const imported = new Map<WorkspacePath, WorkspacePath[]>();
  for (const { from, to } of edges) imported.set(from, [...(imported.get(from) ?? []), to]);
  return new Map(
    [...modules].map(([root, module]) => {
      const { build, test } = closures.get(root) ?? { build: [root], test: [root] };
      const linked = linkedCrates(build, links);
      const own = links.get(root);
      const side: GoSide = {
        ...moduleFacts(module),
        imports: [...new Set(imported.get(root))].sort(),
        links: own?.links ?? [],
        linkedCrates: linked,
        testLinkedCrates: linkedCrates(test, links),
        mockable: linked.length > 0 && test.every((member) => links.get(member)?.goneWhenMocked !== false),
        includes: own?.includes ?? [],
      };
      return [root, side];
    }),
  );
}

function linkedCrates(
  closure: readonly WorkspacePath[],
  links: ReadonlyMap<WorkspacePath, ModuleLinks>,
): readonly WorkspacePath[] {
  const crates = closure.flatMap((root) => links.get(root)?.links.map((link) => link.crate) ?? []);
  return [...new Set(crates)].sort();
}

function moduleFacts(
  module: GoModule,
): Pick<GoSide, 'manifest' | 'module' | 'goWork' | 'foreignGoWork' | 'mains' | 'tags' | 'embeds' | 'toolchainFloor'> {
  const embeds = module.files
    .filter((file) => !isNeverBuilt(file))
    .flatMap((file) => {
      const folder = relativePath(module.root, folderOf(workspacePath(file.file)));
      return file.embeds.map((pattern) => (folder === '.' ? pattern : `${folder}/${pattern}`));
    });
  return {
    manifest: workspacePath(module.mod.file),
    module: module.mod.module,
    ...(module.work === undefined ? {} : { goWork: workspacePath(module.work.file) }),
    foreignGoWork: module.foreignGoWork,
    mains: mainPackages(module),
    tags: moduleTags(module),
    embeds: [...new Set(embeds)].sort(),
    ...(module.mod.go === undefined ? {} : { toolchainFloor: module.mod.go }),
  };
}
