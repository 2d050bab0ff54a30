import type { WorkspacePath } from '#paths';
import { CSources } from './c-sources.js';
import { resolveCgoInputs } from './cgo-inputs.js';
import { resolveCgoLinks } from './cgo-links.js';
import { resolveCrates, type Crate } from './crates.js';
import { breakCycles } from './cycles.js';
import type { WorkspaceFacts } from './facts.js';
import { packageSources } from './go-packages.js';
import { goSideOf } from './go-sides.js';
import type { GraphSettings } from './graph-settings.js';
import { importEdges, resolveImportScopes } from './imports.js';
import { indexLibraries } from './libraries.js';
import { patchEdges } from './locked-patches.js';
import { presentParts } from './metadata.js';
import type { Edge, GoLink, Participants, ProjectModel, ProjectParticipants, RustSide } from './model.js';
import { commandsOf, resolveModules, type GoModule } from './modules.js';
import { PartGraph } from './participants.js';
import { resolveProjectNames } from './project-names.js';
import { resolveLint } from './resolve-lint.js';
import { findSeam } from './seam.js';
import { sourceDiagnostics } from './source-diagnostics.js';
import { findUnseenBindings } from './unseen-bindings.js';

/** Facts of every file in, projects and edges out. Index first, then resolve; nothing is looked up by display name. */
export function resolveProjectModel(facts: WorkspaceFacts, { naming, world }: GraphSettings): ProjectModel {
  const { crates, edges: crateEdges, missing } = resolveCrates(facts);
  const modules = resolveModules(facts);
  const libraries = indexLibraries(crates.values());
  const links = mapValues(modules, (module) => resolveCgoLinks(module, libraries, world));
  const sources = new CSources(facts);
  const cgoInputs = mapValues(modules, (module) => resolveCgoInputs(module, sources, facts.files, world));
  const scopes = resolveImportScopes(modules, world);
  const imports = importEdges(modules, scopes);
  const { names, diagnostics } = resolveProjectNames(crates, modules, facts.pinnedNames, naming);
  const seam = findSeam(facts, { crates, modules, libraries, names, world });
  const linkEdges = [...links.values()].flatMap((found) => found.edges);
  const edges = [...crateEdges, ...patchEdges(crates, facts.cargoLocks), ...imports, ...linkEdges, ...seam.edges];
  const parts = new PartGraph({ crates, modules, scopes, edges });
  const participants = participantsOf(crates, modules, parts);
  const around = { modules, links, cgoInputs, participants, imports: targetsBySource(imports), world };
  const lint = resolveLint(edges, facts, names);
  const cycles = breakCycles(betweenProjects(lint.edges));
  const sides = rustSides(crates, participants, goInCrates(edges, cycles.leftOut));
  return {
    projects: [...names].map(([root, name]) => {
      const module = modules.get(root);
      const go = module && goSideOf(module, around);
      return { root, name, ...presentParts({ rust: sides.get(root), go, lint: lint.byProject.get(root) }) };
    }),
    edges: cycles.edges,
    leftOut: cycles.leftOut,
    outsideInputs: [...missing, ...seam.outsideInputs],
    variables: seam.variables,
    packages: mapValues(modules, (module, root) =>
      packageSources(module, cgoInputs.get(root), parts.unlisted.get(root)),
    ),
    participants,
    diagnostics: [
      ...sourceDiagnostics(facts),
      ...diagnostics,
      ...[...links.values()].flatMap((found) => found.diagnostics),
      ...seam.diagnostics,
      ...findUnseenBindings(facts, modules, crates),
      ...lint.diagnostics,
      ...cycles.diagnostics,
    ],
  };
}

function mapValues<Key, From, To>(
  map: ReadonlyMap<Key, From>,
  make: (value: From, key: Key) => To,
): ReadonlyMap<Key, To> {
  return new Map([...map].map(([key, value]) => [key, make(value, key)]));
}

/** Nx has no edge inside a folder that is crate and module, but the one side may link what the other makes. */
function goLinksByCrate(
  edges: readonly Edge[],
  leftOut: readonly Edge[],
): ReadonlyMap<WorkspacePath, readonly GoLink[]> {
  const isLeftOut = new Set(leftOut.map(({ from, to, kind }) => `${from}\n${to}\n${kind}`));
  const links = new Map<WorkspacePath, GoLink[]>();
  for (const { from, to, kind, evidence } of edges) {
    if (kind !== 'go-library' || isLeftOut.has(`${from}\n${to}\n${kind}`)) continue;
    const known = links.get(from) ?? [];
    if (!known.some(({ module }) => module === to)) known.push({ crate: from, module: to, span: evidence });
    links.set(from, known);
  }
  return links;
}

interface GoInCrates {
  readonly goLinks: ReadonlyMap<WorkspacePath, readonly GoLink[]>;
  readonly goBuilders: ReadonlySet<WorkspacePath>;
}

function goInCrates(edges: readonly Edge[], leftOut: readonly Edge[]): GoInCrates {
  const runGo = edges.filter(({ kind }) => kind === 'c-archive' || kind === 'go-command');
  return { goLinks: goLinksByCrate(edges, leftOut), goBuilders: new Set(runGo.map(({ from }) => from)) };
}

/** With what build scripts of all crates in a build or test link, and which of these crates run go. */
function rustSides(
  crates: ReadonlyMap<WorkspacePath, Crate>,
  participants: ReadonlyMap<WorkspacePath, ProjectParticipants>,
  { goLinks, goBuilders }: GoInCrates,
): ReadonlyMap<WorkspacePath, RustSide> {
  const linksIn = (made: Participants | undefined): readonly GoLink[] =>
    made?.crates.flatMap((root) => goLinks.get(root) ?? []) ?? [];
  return new Map(
    [...crates].map(([root, { side }]) => {
      const { rustBuild, rustTest } = participants.get(root) ?? {};
      const [built, tested] = [linksIn(rustBuild), linksIn(rustTest)];
      const made = new Set([...(rustBuild?.crates ?? []), ...(rustTest?.crates ?? [])]);
      const builders = [...made].filter((each) => goBuilders.has(each)).sort();
      return [
        root,
        {
          ...side,
          ...(built.length === 0 ? {} : { goLinks: built }),
          ...(tested.length === 0 ? {} : { goTestLinks: tested }),
          ...(builders.length === 0 ? {} : { goBuilders: builders }),
        },
      ];
    }),
  );
}

function targetsBySource(edges: readonly Edge[]): ReadonlyMap<WorkspacePath, readonly WorkspacePath[]> {
  const targets = new Map<WorkspacePath, Set<WorkspacePath>>();
  for (const { from, to } of edges) {
    const known = targets.get(from);
    if (known === undefined) targets.set(from, new Set([to]));
    else known.add(to);
  }
  return new Map([...targets].map(([from, found]) => [from, [...found].sort()]));
}

/**
 * One of each kind, for tests only where builds do not need it as well. Those inside one root join the two sides of one
 * project; Nx has no edge from a project to itself.
 */
function betweenProjects(edges: readonly Edge[]): Edge[] {
  const kept = new Map<string, Edge>();
  for (const edge of edges) {
    const key = `${edge.from} ${edge.to} ${edge.kind}`;
    const known = kept.get(key);
    if (edge.from === edge.to || (known !== undefined && (known.testOnly !== true || edge.testOnly === true))) continue;
    kept.set(key, edge);
  }
  return [...kept.values()];
}

function participantsOf(
  crates: ReadonlyMap<WorkspacePath, Crate>,
  modules: ReadonlyMap<WorkspacePath, GoModule>,
  parts: PartGraph,
): ReadonlyMap<WorkspacePath, ProjectParticipants> {
  const roots = new Set([...crates.keys(), ...modules.keys()]);
  return new Map(
    [...roots].map((root) => {
      const module = modules.get(root);
      const commands = module === undefined ? [] : commandsOf(module).map(({ folder }) => folder);
      return [root, parts.participantsOf(root, commands)];
    }),
  );
}
