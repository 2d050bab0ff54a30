import type { Tree } from '@nx/devkit';
import { parseCargoManifest, type CargoDependency } from '#cargo';
import { sharingBridges, type Contract } from '#contract';
import type { Diagnostic } from '#diagnostics';
import type { BridgeLayout, SharingBridge } from '#emit';
import { parseGoMod } from '#go';
import { joinPath, relativePath, type WorkspacePath } from '#paths';
import type { Contracts } from './contracts.js';
import { failOnErrors, valueOf } from './fail.js';
import { modulesOfGoWork, unpublishedVersion } from './go-workspace.js';
import { foldersUpward, readText } from './tree-files.js';

/**
 * How the code of a bridge names the bridges whose messages it uses, by the names of these. Ends the generator when its
 * manifests, which are the user's, do not depend on them.
 */
export function nameSharing(
  tree: Tree,
  layout: BridgeLayout,
  contract: Contract,
  contracts: Contracts,
): Readonly<Record<string, SharingBridge>> {
  const others = contracts.layoutsOf(sharingBridges(contract));
  const dependencies = readDependencies(tree, layout);
  failOnErrors(tree, [
    ...others.flatMap((other) => (findCrate(dependencies, other) === undefined ? missingCrate(layout, other) : [])),
    ...others.flatMap((other) => (findsModule(tree, layout, other) ? [] : missingModule(layout, other))),
  ]);
  return Object.fromEntries(
    others.map((other): [string, SharingBridge] => {
      const { modulePath: goModule, package: goPackage } = other.go;
      return [other.name, { goModule, goPackage, rustCrate: nameOfCrate(findCrate(dependencies, other), other) }];
    }),
  );
}

/** Dependencies of the bridge's crate, those that it inherits as the workspace has them. */
function readDependencies(tree: Tree, { rust }: BridgeLayout): CargoDependency[] {
  const path = manifestOf(rust.folder);
  const text = readText(tree, path);
  const own = text === undefined ? [] : valueOf(tree, parseCargoManifest(path, text)).dependencies;
  const normal = own.filter(({ kind, target, optional }) => kind === 'normal' && target === undefined && !optional);
  if (!normal.some(({ workspace }) => workspace)) return normal;
  const inherited = readWorkspaceDependencies(tree, rust.folder);
  return normal.map((each) => (each.workspace ? (inherited.find(({ key }) => key === each.key) ?? each) : each));
}

function readWorkspaceDependencies(tree: Tree, folder: WorkspacePath): readonly CargoDependency[] {
  for (const path of foldersUpward(folder).map(manifestOf)) {
    const text = readText(tree, path);
    const workspace = text === undefined ? undefined : parseCargoManifest(path, text).value?.workspace;
    if (workspace !== undefined) return workspace.dependencies;
  }
  return [];
}

function findCrate(dependencies: readonly CargoDependency[], { rust }: BridgeLayout): CargoDependency | undefined {
  return dependencies.find((each) => each.package === rust.packageName);
}

/** What code calls a dependency: the key when that differs from the package's name, else the name of its library. */
function nameOfCrate(dependency: CargoDependency | undefined, { rust }: BridgeLayout): string {
  const isRenamed = dependency !== undefined && dependency.key !== dependency.package;
  return isRenamed ? dependency.key.replaceAll('-', '_') : rust.libName;
}

/** Whether Go finds the other module from a bridge's: by its go.mod, or as one of the modules of a go.work. */
function findsModule(tree: Tree, { go }: BridgeLayout, other: BridgeLayout): boolean {
  const path = joinPath(go.folder, 'go.mod');
  const text = readText(tree, path);
  if (text === undefined) return false;
  const { require } = valueOf(tree, parseGoMod(path, text));
  if (require.some((each) => each.path === other.go.modulePath)) return true;
  const used = modulesOfGoWork(tree, go.folder);
  return [go.folder, other.go.folder].every((folder) => used.includes(folder));
}

function manifestOf(folder: WorkspacePath): WorkspacePath {
  return joinPath(folder, 'Cargo.toml');
}

function missingCrate({ name, rust }: BridgeLayout, other: BridgeLayout): Diagnostic[] {
  const path = relativePath(rust.folder, other.rust.folder);
  const manifest = manifestOf(rust.folder);
  return missing(
    manifest,
    `the contract of ${name} uses messages of ${other.name}, but the crate ${rust.packageName} does not depend on ${other.rust.packageName}`,
    `add \`${other.rust.packageName} = { path = "${path}" }\` below [dependencies], run \`cargo update --workspace --offline --manifest-path ${manifest}\`, and nx sync again`,
  );
}

function missingModule({ name, go }: BridgeLayout, other: BridgeLayout): Diagnostic[] {
  const { modulePath } = other.go;
  const file = joinPath(go.folder, 'go.mod');
  const edits = `-require=${modulePath}@${unpublishedVersion(modulePath)} -replace=${modulePath}=${relativePath(go.folder, other.go.folder)}`;
  return missing(
    file,
    `the contract of ${name} uses messages of ${other.name}, but the module ${go.modulePath} does not require ${modulePath}`,
    `run \`go mod edit ${edits} ${file}\`, and nx sync again`,
  );
}

function missing(file: WorkspacePath, message: string, help: string): Diagnostic[] {
  return [
    { code: 'generators/missing-dependency', severity: 'error', message, span: { file, line: 1, column: 1 }, help },
  ];
}
