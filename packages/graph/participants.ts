import type { WorkspacePath } from '#paths';
import { resolverOf } from './cargo-resolver.js';
import type { Crate } from './crates.js';
import type { ImportScope } from './import-scope.js';
import type { ImportScopes } from './imports.js';
import type { Edge, Participants, ProjectParticipants } from './model.js';
import { packageFolders, type GoModule } from './modules.js';

/**
 * A crate, or a Go package as the main module of a build sees it: the scope of that module decides what an import path
 * means. One object for each, so that what it needs is found once however many builds it takes part in.
 */
interface Part {
  readonly root: WorkspacePath;
  /** Of a Go package: its folder and the scope of the main module. */
  readonly go?: { readonly folder: string; readonly scope: ImportScope | undefined };
  needs?: readonly Part[];
  testsNeed?: readonly Part[];
}

/** Edges along which sources take part. A linked library does not: it is the output of a task of its own. */
const FOLLOWED: ReadonlySet<Edge['kind']> = new Set([
  ...(['cargo-dependency', 'cargo-dev-dependency'] as const),
  ...(['cgo-pkg-config', 'cgo-script', 'go-generate', 'go-embed', 'c-archive', 'go-command', 'declared'] as const),
]);

export interface PartSources {
  readonly crates: ReadonlyMap<WorkspacePath, Pick<Crate, 'workspaceManifest'>>;
  readonly modules: ReadonlyMap<WorkspacePath, GoModule>;
  readonly scopes: ImportScopes;
  readonly edges: readonly Edge[];
}

/** Finds what tasks are made from: crates by their dependencies, Go by single packages. */
export class PartGraph {
  readonly #sources: PartSources;
  readonly #edges = new Map<WorkspacePath, Edge[]>();
  readonly #folders = new Map<WorkspacePath, ReadonlySet<string>>();
  readonly #crates = new Map<WorkspacePath, Part>();
  readonly #packages = new Map<ImportScope | undefined, Map<string, Part>>();
  readonly #unlisted = new Map<WorkspacePath, Set<string>>();

  constructor(sources: PartSources) {
    this.#sources = sources;
    for (const edge of sources.edges) {
      if (!FOLLOWED.has(edge.kind)) continue;
      const list = this.#edges.get(edge.from);
      if (list === undefined) this.#edges.set(edge.from, [edge]);
      else list.push(edge);
    }
  }

  participantsOf(root: WorkspacePath, commands: readonly string[]): ProjectParticipants {
    const { crates, modules, scopes } = this.#sources;
    const crate = crates.has(root) ? [this.#crate(root)] : [];
    const withTestFeatures = crate.flatMap((part) => [part, ...this.#testFeaturesOf(part)]);
    const packages = modules.has(root) ? this.#packagesOf(root) : [];
    return {
      ...(crate.length === 0
        ? {}
        : {
            rustBuild: closureOf(this, withTestFeatures),
            rustTest: closureOf(this, [...crate, ...this.#forTestsOf(crate)]),
          }),
      ...(modules.has(root) ? this.#goParticipants(packages) : {}),
      commands: new Map(
        commands.map((folder) => [folder, closureOf(this, [this.#package(root, folder, scopes.get(root))])] as const),
      ),
    };
  }

  /** Mostly tests need no package that the build does not: then both are one. */
  #goParticipants(packages: readonly Part[]): Required<Pick<ProjectParticipants, 'goBuild' | 'goTest'>> {
    const built = reachedFrom(this, packages);
    const more = this.#forTestsOf(packages).filter((part) => !built.has(part));
    const goBuild = collect(built);
    return { goBuild, goTest: more.length === 0 ? goBuild : closureOf(this, [...built, ...more]) };
  }

  #forTestsOf(parts: readonly Part[]): readonly Part[] {
    return parts.flatMap((part) => this.testsNeedOf(part));
  }

  /** Packages that were imported so far and of which no readable file is known, by root of the module. */
  get unlisted(): ReadonlyMap<WorkspacePath, ReadonlySet<string>> {
    return this.#unlisted;
  }

  /** What the part needs to be built. */
  needsOf(part: Part): readonly Part[] {
    return (part.needs ??= this.#neighbours(part, false));
  }

  /** What its tests need besides. */
  testsNeedOf(part: Part): readonly Part[] {
    return (part.testsNeed ??= this.#neighbours(part, true));
  }

  #neighbours(part: Part, isTest: boolean): Part[] {
    const edges = (this.#edges.get(part.root) ?? []).filter(
      (edge) => (edge.testOnly === true) === isTest && startsAt(edge, part),
    );
    const found = [...edges.flatMap((edge) => this.#targets(edge, part)), ...this.#imported(part, isTest)];
    // What Go sources run, or take in, of a crate is a build of that crate by itself.
    return part.go === undefined ? found : found.flatMap((next) => [next, ...this.#testFeaturesOf(next)]);
  }

  /**
   * Resolver 1 builds a crate with the features that its dev-dependencies ask for, even where no test is built. That they
   * take part as a whole is more than their manifests, which is all that cargo reads of them.
   */
  #testFeaturesOf(part: Part): readonly Part[] {
    const crate = part.go === undefined ? this.#sources.crates.get(part.root) : undefined;
    const isOld = crate !== undefined && resolverOf(crate.workspaceManifest) === '"1"';
    return isOld ? this.testsNeedOf(part).filter(({ go }) => go === undefined) : [];
  }

  #imported({ root, go }: Part, isTest: boolean): Part[] {
    const imports = go?.scope?.importsOf(root).get(go.folder) ?? [];
    return imports
      .filter((found) => found.isTest === isTest)
      .map(({ to, toPackage }) => this.#package(to, toPackage, go?.scope));
  }

  /** A project in two languages is needed as the one that the kind of the edge means, or as both. */
  #targets({ to, toPackage, kind }: Edge, part: Part): Part[] {
    const { crates, modules, scopes } = this.#sources;
    const isToGo = kind === 'c-archive' || kind === 'go-command';
    const isToRust = !isToGo && kind !== 'declared';
    const crate = !isToGo && crates.has(to) ? [this.#crate(to)] : [];
    if (isToRust || !modules.has(to) || (part.go !== undefined && part.root === to)) return crate;
    const packages = toPackage === undefined ? this.#packagesOf(to) : [this.#package(to, toPackage, scopes.get(to))];
    return [...crate, ...packages];
  }

  #crate(root: WorkspacePath): Part {
    let part = this.#crates.get(root);
    if (part === undefined) this.#crates.set(root, (part = { root }));
    return part;
  }

  #package(root: WorkspacePath, folder: string, scope: ImportScope | undefined): Part {
    let known = this.#packages.get(scope);
    if (known === undefined) this.#packages.set(scope, (known = new Map<string, Part>()));
    const key = `${root}\n${folder}`;
    let part = known.get(key);
    if (part === undefined) {
      known.set(key, (part = { root, go: { folder, scope } }));
      if (!this.#foldersOf(root).has(folder)) this.#noteUnlisted(root, folder);
    }
    return part;
  }

  #packagesOf(root: WorkspacePath): Part[] {
    const scope = this.#sources.scopes.get(root);
    return [...this.#foldersOf(root)].map((folder) => this.#package(root, folder, scope));
  }

  #foldersOf(root: WorkspacePath): ReadonlySet<string> {
    let folders = this.#folders.get(root);
    if (folders === undefined) {
      const module = this.#sources.modules.get(root);
      folders = new Set(module === undefined ? [] : packageFolders(module));
      this.#folders.set(root, folders);
    }
    return folders;
  }

  #noteUnlisted(root: WorkspacePath, folder: string): void {
    const known = this.#unlisted.get(root);
    if (known === undefined) this.#unlisted.set(root, new Set([folder]));
    else known.add(folder);
  }
}

/** The parts and all that they need to be built; what tests of theirs need is for the caller to add. */
function closureOf(graph: PartGraph, starts: readonly Part[]): Participants {
  return collect(reachedFrom(graph, starts));
}

function reachedFrom(graph: PartGraph, starts: readonly Part[]): ReadonlySet<Part> {
  const found = new Set(starts);
  for (const part of found) for (const need of graph.needsOf(part)) found.add(need);
  return found;
}

/** Edges of the two languages in one folder are told apart by their kind. */
function startsAt({ kind, fromPackage }: Edge, { go }: Part): boolean {
  const isFromGo = kind.startsWith('cgo-') || kind === 'go-generate' || kind === 'go-embed';
  if (go === undefined) return !isFromGo;
  if (!isFromGo && kind !== 'declared') return false;
  return fromPackage === undefined || fromPackage === go.folder;
}

function collect(parts: ReadonlySet<Part>): Participants {
  const crates: WorkspacePath[] = [];
  const packages = new Map<WorkspacePath, string[]>();
  for (const { root, go } of parts) {
    if (go === undefined) {
      crates.push(root);
      continue;
    }
    const folders = packages.get(root);
    if (folders === undefined) packages.set(root, [go.folder]);
    else folders.push(go.folder);
  }
  const sorted = [...packages].sort(([a], [b]) => (a < b ? -1 : 1));
  return { crates: crates.sort(), packages: new Map(sorted.map(([root, folders]) => [root, inOrder(folders)])) };
}

/** One package may take part as two main modules see it. */
function inOrder(folders: string[]): readonly string[] {
  return folders.length === 1 ? folders : [...new Set(folders.sort())];
}
