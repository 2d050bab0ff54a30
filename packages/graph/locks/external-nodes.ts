import type { LockedCrate } from '#cargo';
import type { WorkspacePath } from '#paths';
import type { ImportedModule } from './go-locks.js';
import type { LockIndex } from './lock-index.js';
import { isForeign } from './locked-crates.js';

/** A package from outside the workspace, in the shape that Nx has for it. */
export interface ExternalNode {
  readonly type: 'cargo' | 'go';
  readonly name: string;
  readonly data: { readonly version: string; readonly packageName: string; readonly hash?: string };
}

export interface ExternalNodes {
  readonly nodes: readonly ExternalNode[];
  /** Names of what each project needs directly, its tests included, by root. */
  readonly byProject: ReadonlyMap<WorkspacePath, readonly string[]>;
}

/** Crates of every Cargo.lock, and the Go modules that packages of this workspace import; each version is a node of its own. */
export function externalNodes({ cargo, go, participants }: LockIndex): ExternalNodes {
  const nodes = new Map<string, ExternalNode>();
  for (const { packages } of cargo.lockfiles()) {
    for (const each of packages.filter(isForeign)) nodes.set(crateName(each), crateNode(each));
  }
  const byProject = new Map<WorkspacePath, readonly string[]>();
  for (const [root, tasks] of participants) {
    const crates = tasks.rustTest === undefined ? [] : cargo.directOf(root).filter(isForeign).map(crateName);
    const modules = go.importedBy(root, tasks.goTest?.packages.get(root) ?? []).map(moduleNode);
    for (const node of modules) nodes.set(node.name, node);
    byProject.set(root, [...new Set([...crates, ...modules.map(({ name }) => name)])]);
  }
  return { nodes: [...nodes.values()], byProject };
}

function crateName({ name, version }: LockedCrate): string {
  return `cargo:${name}@${version}`;
}

function crateNode(locked: LockedCrate): ExternalNode {
  const { name, version, checksum, source } = locked;
  const hash = checksum ?? source;
  const data = { version, packageName: name, ...(hash === undefined ? {} : { hash }) };
  return { type: 'cargo', name: crateName(locked), data };
}

function moduleNode({ path, version, checksum }: ImportedModule): ExternalNode {
  const data = { version, packageName: path, ...(checksum === undefined ? {} : { hash: checksum }) };
  return { type: 'go', name: `go:${path}@${version}`, data };
}
