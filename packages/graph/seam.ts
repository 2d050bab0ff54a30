import type { WorkspacePath } from '#paths';
import type { BuildWorld } from './build-world.js';
import type { Crate } from './crates.js';
import { resolveDeclaredEdges } from './declared-edges.js';
import type { WorkspaceFacts } from './facts.js';
import { findEmbedEdges } from './go-embed.js';
import { findLinkedSources } from './file-links.js';
import { findTestReads } from './go-test-reads.js';
import { findGenerateSources } from './go-generate.js';
import type { LibraryIndex } from './libraries.js';
import { findScriptEdges } from './link-scripts.js';
import type { GoModule } from './modules.js';
import { findPkgConfigEdges } from './pkg-config.js';
import { findRustReaches, type RustReaches } from './rust-reaches.js';

export interface SeamSources {
  readonly crates: ReadonlyMap<WorkspacePath, Crate>;
  readonly modules: ReadonlyMap<WorkspacePath, GoModule>;
  readonly libraries: LibraryIndex;
  /** Of projects, by root. */
  readonly names: ReadonlyMap<WorkspacePath, string>;
  readonly world: BuildWorld;
}

/** Everything by which the two languages, or a project and files elsewhere, meet besides imports, dependencies and links. */
export function findSeam(facts: WorkspaceFacts, sources: SeamSources): RustReaches {
  const { crates, modules, libraries, names, world } = sources;
  const declared = resolveDeclaredEdges(facts, names);
  const found: Partial<RustReaches>[] = [
    { edges: findPkgConfigEdges(modules, crates, facts.files, world) },
    { edges: findScriptEdges(facts.linkScripts, modules, libraries) },
    { edges: findEmbedEdges(crates, modules, facts.files, world) },
    findGenerateSources(facts, crates, modules, world),
    findRustReaches(facts, crates, modules, declared.edges),
    { outsideInputs: findTestReads(facts, modules) },
    { outsideInputs: findLinkedSources(facts, crates, modules) },
    declared,
  ];
  return {
    edges: found.flatMap(({ edges = [] }) => edges),
    outsideInputs: found.flatMap(({ outsideInputs = [] }) => outsideInputs),
    variables: found.flatMap(({ variables = [] }) => variables),
    diagnostics: found.flatMap(({ diagnostics = [] }) => diagnostics),
  };
}
