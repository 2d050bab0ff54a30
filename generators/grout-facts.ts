import type { Tree } from '@nx/devkit';
import { libraryName, parseCargoManifest, type CargoManifest } from '#cargo';
import { DiagnosticError } from '#diagnostics';
import type { BridgeFeature, BridgeLayout } from '#emit';
import { parseGoFileHeader, parseGoMod, type GoMod } from '#go';
import { joinPath, workspacePath, type WorkspacePath } from '#paths';
import { sharedFeatures } from '#plan';
import { NO_GROUT_TOML, parseGroutToml, spellBridgeName, type GroutBridge, type GroutToml } from '#scaffold';
import { resolveBridgeLayout } from './bridge-layout.js';
import { fail, valueOf } from './fail.js';
import type { RuntimePlace } from './runtime-files.js';
import { readText } from './tree-files.js';

export const groutTomlPath = workspacePath('grout.toml');

/** Facts of the workspace; without a grout.toml there are no bridges. */
export function readGroutToml(tree: Tree): GroutToml {
  const text = readText(tree, groutTomlPath);
  return text === undefined ? NO_GROUT_TOML : valueOf(tree, parseGroutToml(groutTomlPath, text));
}

/** Where the runtimes lie, by the manifests in the folder; undefined when that folder has no runtimes yet. */
export function findRuntime(tree: Tree, root: WorkspacePath): RuntimePlace | undefined {
  const modPath = joinPath(root, 'go', 'go.mod');
  const manifestPath = joinPath(root, 'rust', 'Cargo.toml');
  if (!tree.exists(modPath) && !tree.exists(manifestPath)) return undefined;
  const { module: modulePath } = readMod(tree, modPath);
  const { package: crate } = readManifest(tree, manifestPath);
  return { root, modulePath, packageName: crate?.name ?? 'grout-rust' };
}

/** The layouts of the bridges of grout.toml, with the names that their own manifests and sources give. */
export function readBridgeLayouts(tree: Tree, { bridges }: GroutToml, runtime: RuntimePlace): BridgeLayout[] {
  return Object.entries(bridges).map(([name, bridge]) => readBridgeLayout(tree, name, bridge, runtime));
}

/** A bridge of grout.toml whose manifests cannot be read, and what is wrong with them. */
export interface BrokenBridge {
  readonly name: string;
  readonly root: WorkspacePath;
  readonly error: DiagnosticError;
}

/** The same of those bridges that can be read, and the others. */
export function readUsableBridges(
  tree: Tree,
  { bridges }: GroutToml,
  runtime: RuntimePlace,
): { readonly layouts: readonly BridgeLayout[]; readonly broken: readonly BrokenBridge[] } {
  const layouts: BridgeLayout[] = [];
  const broken: BrokenBridge[] = [];
  for (const [name, bridge] of Object.entries(bridges)) {
    try {
      layouts.push(readBridgeLayout(tree, name, bridge, runtime));
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      broken.push({ name, root: bridge.directory, error });
    }
  }
  return { layouts, broken };
}

function readBridgeLayout(tree: Tree, name: string, bridge: GroutBridge, runtime: RuntimePlace): BridgeLayout {
  const root = bridge.directory;
  const mod = readMod(tree, joinPath(root, 'go', 'go.mod'));
  const manifest = readManifest(tree, joinPath(root, 'rust', 'Cargo.toml'));
  return resolveBridgeLayout({
    name,
    root,
    goModule: mod.module,
    goPackage: readGoPackage(tree, joinPath(root, 'go')) ?? spellBridgeName(name).flat,
    rustPackage: manifest.package?.name ?? `${name}-rust`,
    rustLibrary: libraryName(manifest) ?? `${spellBridgeName(name).snake}_rust`,
    runtimeRoot: runtime.root,
    runtimeModule: runtime.modulePath,
    runtimePackage: runtime.packageName,
    propertyTests: bridge.propertyTests,
  });
}

/** What both sides of a bridge can be built with, by the manifest of its crate and grout.toml. */
export function readBridgeFeatures(tree: Tree, { rust }: BridgeLayout): BridgeFeature[] {
  const path = joinPath(rust.folder, 'Cargo.toml');
  // Templates of a team may leave the manifest to somebody else.
  if (!tree.exists(path)) return [];
  return sharedFeatures(Object.keys(readManifest(tree, path).features), readGroutToml(tree).features);
}

function readMod(tree: Tree, path: WorkspacePath): GoMod {
  return valueOf(tree, parseGoMod(path, readText(tree, path) ?? missing(tree, path)));
}

function readManifest(tree: Tree, path: WorkspacePath): CargoManifest {
  return valueOf(tree, parseCargoManifest(path, readText(tree, path) ?? missing(tree, path)));
}

function missing(tree: Tree, path: WorkspacePath): never {
  return fail(tree, [
    {
      code: 'generators/missing-manifest',
      severity: 'error',
      message: `${path} is not there, but grout.toml says that a bridge or the runtimes lie around it`,
      span: { file: groutTomlPath, line: 1, column: 1 },
      help: 'restore the folder from your history, or remove its table from grout.toml',
    },
  ]);
}

/** Hand-written files first: generated ones follow them when the package is renamed. */
function readGoPackage(tree: Tree, folder: WorkspacePath): string | undefined {
  const sources = tree.children(folder).filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'));
  const byHand = (name: string): number => (name.endsWith('.gen.go') ? 1 : 0);
  const [first] = sources.sort((a, b) => byHand(a) - byHand(b));
  if (first === undefined) return undefined;
  const path = joinPath(folder, first);
  return parseGoFileHeader(path, readText(tree, path) ?? '').value?.package;
}
