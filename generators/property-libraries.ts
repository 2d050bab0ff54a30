import type { Tree } from '@nx/devkit';
import { parseCargoManifest } from '#cargo';
import type { Diagnostic } from '#diagnostics';
import { propertyLibraries, type BridgeLayout } from '#emit';
import { parseGoMod } from '#go';
import { joinPath, type WorkspacePath } from '#paths';
import { addDevDependency, addGoRequirement } from '#scaffold';
import { valueOf } from './fail.js';
import { groutTomlPath } from './grout-facts.js';
import { readText } from './tree-files.js';

/** A library that the manifest of one side lacks. */
interface MissingLibrary {
  readonly manifest: WorkspacePath;
  readonly library: string;
  /** What to do about it. */
  readonly help: string;
  /** The manifest's text with the library. */
  readonly text: string;
}

/**
 * What the manifests of a bridge lack for its property tests. They are the user's: nothing is added to them once they are
 * written.
 */
export function missingLibraries(tree: Tree, layout: BridgeLayout): Diagnostic[] {
  return findMissing(tree, layout).map((each) => missing(layout, each));
}

/** Adds what the manifests of a new bridge lack, and the sums, so that its first test needs no `go mod tidy`. */
export function addLibraries(tree: Tree, layout: BridgeLayout): void {
  for (const { manifest, text } of findMissing(tree, layout)) tree.write(manifest, text);
  const [mod, sum] = [joinPath(layout.go.folder, 'go.mod'), joinPath(layout.go.folder, 'go.sum')];
  if (layout.propertyTests === true && tree.exists(mod) && !tree.exists(sum))
    tree.write(sum, `${propertyLibraries.go.sums.join('\n')}\n`);
}

/** A manifest that is not there is somebody else's. */
function findMissing(tree: Tree, { go, rust, propertyTests }: BridgeLayout): MissingLibrary[] {
  if (propertyTests !== true) return [];
  return [...missingInGo(tree, go.folder), ...missingInRust(tree, rust.folder)];
}

function missingInGo(tree: Tree, folder: WorkspacePath): MissingLibrary[] {
  const manifest = joinPath(folder, 'go.mod');
  const text = readText(tree, manifest);
  const { module: library, version } = propertyLibraries.go;
  if (text === undefined || valueOf(tree, parseGoMod(manifest, text)).require.some(({ path }) => path === library)) {
    return [];
  }
  const help = `run \`go get ${library}@${version}\` in ${folder}`;
  return [{ manifest, library, help, text: addGoRequirement(text, `${library} ${version}`) }];
}

function missingInRust(tree: Tree, folder: WorkspacePath): MissingLibrary[] {
  const manifest = joinPath(folder, 'Cargo.toml');
  const text = readText(tree, manifest);
  const { package: library, dependency } = propertyLibraries.rust;
  if (text === undefined) return [];
  const isThere = valueOf(tree, parseCargoManifest(manifest, text)).dependencies.some(
    (it) => it.package === library && it.kind !== 'build' && it.target === undefined && !it.optional,
  );
  if (isThere) return [];
  const help = `add \`${dependency}\` below [dev-dependencies]`;
  return [{ manifest, library, help, text: addDevDependency(text, dependency) }];
}

function missing({ name }: BridgeLayout, { manifest, library, help }: MissingLibrary): Diagnostic {
  return {
    code: 'generators/missing-dependency',
    severity: 'error',
    message: `the bridge ${name} has property tests, but ${manifest} does not ask for ${library}`,
    span: { file: manifest, line: 1, column: 1 },
    help: `${help}, and nx sync again; or leave them out: \`property-tests = false\` below [bridges.${name}] of ${groutTomlPath}`,
  };
}
