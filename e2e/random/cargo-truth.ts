import { dirname, relative } from 'node:path';
import type { Workspace } from '../harness/workspace.js';

/** A crate as cargo sees it; crates go by their folders. */
export interface CrateTruth {
  /** Names by which a linker finds its static library. */
  readonly staticlibs: readonly string[];
  /** What its library, binaries or build script may need, with all features and on any platform. */
  readonly needs: readonly string[];
  /** What only its tests, benches and examples need. */
  readonly devNeeds: readonly string[];
}

/** The part of `cargo metadata` that is used here. */
interface Metadata {
  readonly packages: readonly {
    readonly id: string;
    readonly manifest_path: string;
    readonly targets: readonly { readonly name: string; readonly crate_types: readonly string[] }[];
  }[];
  readonly workspace_members: readonly string[];
  readonly resolve: {
    readonly nodes: readonly {
      readonly id: string;
      readonly deps: readonly {
        readonly pkg: string;
        readonly dep_kinds: readonly { readonly kind: 'dev' | 'build' | null }[];
      }[];
    }[];
  };
}

/** All members of the given Cargo workspaces, by folder. Each is asked in its own one, where all its features are. */
export async function readCrates(
  workspace: Workspace,
  cargoWorkspaces: Iterable<string>,
): Promise<ReadonlyMap<string, CrateTruth>> {
  const crates = new Map<string, CrateTruth>();
  for (const folder of cargoWorkspaces) {
    const metadata = await askCargo(workspace, folder);
    const folders = new Map(
      metadata.packages.map(({ id, manifest_path }) => [id, relative(workspace.root, dirname(manifest_path)) || '.']),
    );
    for (const member of metadata.workspace_members)
      crates.set(folders.get(member) ?? '', crateOf(member, metadata, folders));
  }
  return crates;
}

async function askCargo(workspace: Workspace, folder: string): Promise<Metadata> {
  const manifest = ['--manifest-path', workspace.path(`${folder}/Cargo.toml`)];
  const ended = await workspace.run('cargo', [
    'metadata',
    '--offline',
    '--format-version=1',
    '--all-features',
    ...manifest,
  ]);
  const json = ended.output.split('\n').find((line) => line.startsWith('{'));
  if (ended.exitCode !== 0 || json === undefined) throw new Error(`cargo metadata in ${folder}: ${ended.output}`);
  return JSON.parse(json) as Metadata;
}

function crateOf(id: string, metadata: Metadata, folders: ReadonlyMap<string, string>): CrateTruth {
  const targets = metadata.packages.find((each) => each.id === id)?.targets ?? [];
  const deps = metadata.resolve.nodes.find((node) => node.id === id)?.deps ?? [];
  const needed = (isWanted: (kind: string | null) => boolean): string[] =>
    deps
      .filter(({ dep_kinds }) => dep_kinds.some(({ kind }) => isWanted(kind)))
      .map(({ pkg }) => folders.get(pkg) ?? pkg);
  return {
    staticlibs: targets.filter(({ crate_types }) => crate_types.includes('staticlib')).map(({ name }) => name),
    needs: needed((kind) => kind !== 'dev'),
    devNeeds: needed((kind) => kind === 'dev'),
  };
}
