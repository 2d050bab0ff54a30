import type { Tree } from '@nx/devkit';
import { parseCargoManifest } from '#cargo';
import type { Diagnostic } from '#diagnostics';
import { propertyLibraries, type BridgeLayout } from '#emit';
import { parseGoMod } from '#go';
import { joinPath, type WorkspacePath } from '#paths';
import { addDevDependency, addGoReplacements, addGoRequirement, quotedPath } from '#scaffold';
import { valueOf } from './fail.js';
import { findGoWork, folderIn, unfoundModules, unpublishedVersion } from './go-workspace.js';
import { groutTomlPath } from './grout-facts.js';
import { readText } from './tree-files.js';

/**
 * Lets go.work say where its modules lie that others require: with a library from outside go asks a registry for all of
 * them, but for those that something replaces.
 */
export function replaceModules(tree: Tree, { go, propertyTests }: BridgeLayout): void {
  const goWork = findGoWork(tree, go.folder);
  if (propertyTests !== true || goWork === undefined) return;
  const own = { path: go.modulePath, version: unpublishedVersion(go.modulePath), folder: folderIn(goWork, go.folder) };
  const others = unfoundModules(tree, go.folder, goWork).filter(({ path }) => path !== own.path);
  const replacements = [...others, own].map(
    ({ path, version, folder }) => `${path} ${version} => ${quotedPath(folder)}`,
  );
  tree.write(goWork, addGoReplacements(readText(tree, goWork) ?? '', replacements));
}

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
  return [...findMissing(tree, layout).map((each) => missing(layout, each)), ...unfound(tree, layout)];
}

function unfound(tree: Tree, { name, go, propertyTests }: BridgeLayout): Diagnostic[] {
  const goWork = findGoWork(tree, go.folder);
  if (propertyTests !== true || goWork === undefined) return [];
  return unfoundModules(tree, go.folder, goWork).map(({ path, version, folder }) => ({
    code: 'generators/missing-replacement',
    severity: 'error',
    message: `modules of ${goWork} require ${path} ${version}, which nothing replaces; the property tests of ${name} use a library from outside, and then go asks a registry for it`,
    span: { file: goWork, line: 1, column: 1 },
    help: `run \`go work edit -replace=${path}@${version}=${folder} ${goWork}\`, and nx sync again`,
  }));
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
