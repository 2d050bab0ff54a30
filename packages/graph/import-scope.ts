import { folderOf, workspacePath, type WorkspacePath } from '#paths';
import type { Edge } from './model.js';
import { folderOfReplace, isNeverBuilt, type GoModule } from './modules.js';

/**
 * What import paths mean in one build. Go takes the replaces of the main module for all modules that take part, and those
 * of none of the others; the modules of a go.work are main modules together.
 */
export class ImportScope {
  readonly #modules: ReadonlyMap<WorkspacePath, GoModule>;
  /** Module path → root: the main modules first, as no replace goes over them, then go.work's replaces, then theirs. */
  readonly #roots = new Map<string, WorkspacePath>();
  readonly #edges = new Map<WorkspacePath, readonly Edge[]>();

  constructor(mains: readonly GoModule[], modules: ReadonlyMap<WorkspacePath, GoModule>) {
    this.#modules = modules;
    for (const { root, mod } of mains) this.#add(mod.module, root);
    const work = mains[0]?.work;
    if (work !== undefined) this.#addReplaces(work.replace, folderOf(workspacePath(work.file)));
    for (const { root, mod } of mains) this.#addReplaces(mod.replace, root);
  }

  /** One edge per imported module of this workspace; a test import only where there is no other. */
  edgesOf(root: WorkspacePath): readonly Edge[] {
    const known = this.#edges.get(root);
    if (known !== undefined) return known;
    const module = this.#modules.get(root);
    const edges = module === undefined ? [] : this.#resolve(module);
    this.#edges.set(root, edges);
    return edges;
  }

  #resolve(module: GoModule): readonly Edge[] {
    const edges = new Map<string, Edge>();
    for (const file of module.files) {
      if (isNeverBuilt(file)) continue;
      const kind = file.isTest ? 'go-test-import' : 'go-import';
      for (const { path, span } of file.imports) {
        const to = this.#providerOf(path, module);
        if (to === undefined || to === module.root) continue;
        if (!edges.has(`${to} ${kind}`)) edges.set(`${to} ${kind}`, { from: module.root, to, kind, evidence: span });
      }
    }
    return [...edges.values()].filter((edge) => edge.kind === 'go-import' || !edges.has(`${edge.to} go-import`));
  }

  /** The longest module path that is the import path or a prefix of it ending at a slash. */
  #providerOf(importPath: string, importer: GoModule): WorkspacePath | undefined {
    for (let prefix = importPath; ; prefix = prefix.slice(0, prefix.lastIndexOf('/'))) {
      const root = prefix === importer.mod.module ? importer.root : this.#roots.get(prefix);
      if (root !== undefined) return root;
      if (!prefix.includes('/')) return undefined;
    }
  }

  #addReplaces(replaces: GoModule['mod']['replace'], folder: WorkspacePath): void {
    for (const replace of replaces) {
      const target = folderOfReplace(replace, folder);
      if (target !== undefined && this.#modules.has(target)) this.#add(replace.path, target);
    }
  }

  #add(modulePath: string, root: WorkspacePath): void {
    if (!this.#roots.has(modulePath)) this.#roots.set(modulePath, root);
  }
}
