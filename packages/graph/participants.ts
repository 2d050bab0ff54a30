import type { WorkspacePath } from '#paths';
import type { ImportScopes } from './imports.js';
import type { Edge, Participants, ProjectParticipants } from './model.js';
import { packageFolders, type GoModule } from './modules.js';

/** A crate, or a Go package as the main module sees it: the main module decides what an import path means. */
type Part =
  | { readonly language: 'rust'; readonly root: WorkspacePath }
  | { readonly language: 'go'; readonly root: WorkspacePath; readonly folder: string; readonly main: WorkspacePath };

/** Edges along which sources take part. A linked library does not: it is the output of a task of its own. */
const FOLLOWED: ReadonlySet<Edge['kind']> = new Set([
  ...(['cargo-dependency', 'cargo-dev-dependency'] as const),
  ...(['cgo-pkg-config', 'cgo-script', 'go-generate', 'go-embed', 'c-archive', 'go-command', 'declared'] as const),
]);

export interface PartSources {
  readonly crates: ReadonlyMap<WorkspacePath, unknown>;
  readonly modules: ReadonlyMap<WorkspacePath, GoModule>;
  readonly scopes: ImportScopes;
  readonly edges: readonly Edge[];
}

/** Finds what tasks are made from: crates by their dependencies, Go by single packages. */
export class PartGraph {
  readonly #sources: PartSources;
  readonly #edges = new Map<WorkspacePath, Edge[]>();
  readonly #folders = new Map<WorkspacePath, ReadonlySet<string>>();
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
    const { crates, modules } = this.#sources;
    const crate: Part[] = crates.has(root) ? [{ language: 'rust', root }] : [];
    const packages = modules.has(root) ? this.#packagesOf(root, root) : [];
    return {
      ...(crate.length === 0 ? {} : { rustBuild: this.#from(crate), rustTest: this.#from(crate, 'tests too') }),
      ...(modules.has(root) ? { goBuild: this.#from(packages), goTest: this.#from(packages, 'tests too') } : {}),
      commands: new Map(
        commands.map((folder) => [folder, this.#from([{ language: 'go', root, folder, main: root }])] as const),
      ),
    };
  }

  /** @param reach whether the tests of the starts themselves count; those of what they need never do */
  #from(starts: readonly Part[], reach?: 'tests too'): Participants {
    const found = new Map(starts.map((part) => [keyOf(part), part]));
    const add = (part: Part): void => {
      const key = keyOf(part);
      if (!found.has(key)) found.set(key, part);
    };
    if (reach !== undefined) for (const part of starts) this.#neighbours(part, true).forEach(add);
    for (const part of found.values()) this.#neighbours(part, false).forEach(add);
    return collect(found.values());
  }

  #neighbours(part: Part, isTest: boolean): Part[] {
    const edges = (this.#edges.get(part.root) ?? []).filter(
      (edge) => (edge.testOnly === true) === isTest && startsAt(edge, part),
    );
    const along = edges.flatMap((edge) => this.#targets(edge, part));
    return part.language === 'go' ? [...along, ...this.#imported(part, isTest)] : along;
  }

  #imported({ root, folder, main }: Part & { language: 'go' }, isTest: boolean): Part[] {
    const imports = this.#sources.scopes.get(main)?.importsOf(root).get(folder) ?? [];
    return imports
      .filter((found) => found.isTest === isTest)
      .map(({ to, toPackage }) => {
        if (!this.#foldersOf(to).has(toPackage)) this.#noteUnlisted(to, toPackage);
        return { language: 'go', root: to, folder: toPackage, main };
      });
  }

  /** Packages that were imported so far and of which no readable file is known, by root of the module. */
  get unlisted(): ReadonlyMap<WorkspacePath, ReadonlySet<string>> {
    return this.#unlisted;
  }

  #noteUnlisted(root: WorkspacePath, folder: string): void {
    const known = this.#unlisted.get(root);
    if (known === undefined) this.#unlisted.set(root, new Set([folder]));
    else known.add(folder);
  }

  /** A project in two languages is needed as the one that the kind of the edge means, or as both. */
  #targets({ to, toPackage, kind }: Edge, part: Part): Part[] {
    const { crates, modules } = this.#sources;
    const isToGo = kind === 'c-archive' || kind === 'go-command';
    const isToRust = !isToGo && kind !== 'declared';
    const crate: Part[] = !isToGo && crates.has(to) ? [{ language: 'rust', root: to }] : [];
    if (isToRust || !modules.has(to)) return crate;
    const packages = toPackage === undefined ? this.#packagesOf(to, to) : [this.#package(to, toPackage)];
    return part.language === 'go' && part.root === to ? crate : [...crate, ...packages];
  }

  #package(root: WorkspacePath, folder: string): Part {
    return { language: 'go', root, folder, main: root };
  }

  #packagesOf(root: WorkspacePath, main: WorkspacePath): Part[] {
    return [...this.#foldersOf(root)].map((folder) => ({ language: 'go', root, folder, main }));
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
}

/** Edges of the two languages in one folder are told apart by their kind. */
function startsAt(edge: Edge, part: Part): boolean {
  const isFromGo = edge.kind.startsWith('cgo-') || edge.kind === 'go-generate' || edge.kind === 'go-embed';
  if (part.language === 'rust') return !isFromGo;
  if (!isFromGo && edge.kind !== 'declared') return false;
  return edge.fromPackage === undefined || edge.fromPackage === part.folder;
}

function keyOf(part: Part): string {
  return part.language === 'rust' ? part.root : `${part.root}\n${part.folder}\n${part.main}`;
}

function collect(parts: Iterable<Part>): Participants {
  const crates: WorkspacePath[] = [];
  const packages = new Map<WorkspacePath, Set<string>>();
  for (const part of parts) {
    if (part.language === 'rust') {
      crates.push(part.root);
      continue;
    }
    const folders = packages.get(part.root);
    if (folders === undefined) packages.set(part.root, new Set([part.folder]));
    else folders.add(part.folder);
  }
  return {
    crates: crates.sort(),
    packages: new Map(
      [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([root, folders]) => [root, [...folders].sort()]),
    ),
  };
}
