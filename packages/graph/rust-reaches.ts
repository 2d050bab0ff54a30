import type { Diagnostic } from '#diagnostics';
import type { WorkspacePath } from '#paths';
import { resolveBuildScript, type Reaches } from './build-scripts.js';
import type { Crate } from './crates.js';
import type { WorkspaceFacts } from './facts.js';
import { FolderOwners } from './folder-owners.js';
import { findGoProtos } from './go-protos.js';
import { findGoRuns } from './go-runs.js';
import { GoTargets } from './go-targets.js';
import type { Edge, OutsideInput, VariableInput } from './model.js';
import type { GoModule } from './modules.js';
import { OwnInputs } from './own-inputs.js';
import { ProtoIndex } from './proto-index.js';
import { findRustIncludes } from './rust-includes.js';
import { compiledProtos, protoInputs } from './rust-protos.js';
import { findRustVariables } from './rust-variables.js';
import { groupRustSources, type CrateSource } from './rust-sources.js';
import { scriptPaths } from './script-paths.js';
import { WorkspaceTree } from './workspace-tree.js';

export interface RustReaches extends Reaches {
  readonly variables: readonly VariableInput[];
}

/**
 * What Rust sources, build scripts and .proto files show of the world outside their own crate or package.
 * @param declared edges of grout.toml
 */
export function findRustReaches(
  facts: WorkspaceFacts,
  crates: ReadonlyMap<WorkspacePath, Crate>,
  modules: ReadonlyMap<WorkspacePath, GoModule>,
  declared: readonly Edge[],
): RustReaches {
  const tree = new WorkspaceTree(facts);
  const owners = new FolderOwners([...crates.keys(), ...modules.keys()], facts.files);
  const own = new OwnInputs(owners, tree, modules);
  const targets = new GoTargets(modules);
  const protos = new ProtoIndex(facts.protos);
  const sources = groupRustSources(facts, crates);
  const edges: Edge[] = findGoRuns(
    sources.filter(({ role }) => role !== 'script'),
    targets,
  );
  const includes = findRustIncludes({ facts, crates, sources, tree, own });
  const outsideInputs: OutsideInput[] = [...includes.inputs, ...findGoProtos(facts.linkScripts, modules, protos)];
  const diagnostics: Diagnostic[] = [];
  for (const [crate, scripts] of scriptsByCrate(sources)) {
    const paths = scriptPaths(crate, scripts, tree);
    const compiled = compiledProtos(scripts, paths, protos);
    const found = resolveBuildScript(crate, scripts, paths, compiled, { targets, own, declared });
    edges.push(...found.edges);
    outsideInputs.push(...found.outsideInputs, ...protoInputs(crate, compiled, own));
    diagnostics.push(...found.diagnostics);
  }
  return {
    edges: unique(edges, edgeKey),
    outsideInputs: unique(outsideInputs, inputKey),
    variables: findRustVariables(includes.sources),
    diagnostics,
  };
}

function scriptsByCrate(sources: readonly CrateSource[]): ReadonlyMap<Crate, CrateSource[]> {
  const byCrate = new Map<Crate, CrateSource[]>();
  for (const source of sources) {
    if (source.role !== 'script') continue;
    const list = byCrate.get(source.crate);
    if (list === undefined) byCrate.set(source.crate, [source]);
    else list.push(source);
  }
  return byCrate;
}

function edgeKey({ from, to, kind, toPackage = '' }: Edge): string {
  return [from, to, kind, toPackage].join('\n');
}

function inputKey({ from, path, fromPackage = '' }: OutsideInput): string {
  return [from, path, fromPackage].join('\n');
}

/** The first of each; what builds need goes over what only tests need. */
function unique<T extends { readonly testOnly?: true }>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const found = new Map<string, T>();
  for (const one of all) {
    const known = found.get(keyOf(one));
    if (known === undefined || (known.testOnly === true && one.testOnly !== true)) found.set(keyOf(one), one);
  }
  return [...found.values()];
}
