import { join, resolve } from 'node:path';
import { generateFiles, logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import type { BridgeLayout, GeneratedFile } from '#emit';
import { joinPath, relativePath, workspacePath, type AbsolutePath, type WorkspacePath } from '#paths';
import { parseProtoImports } from '#proto';
import { goFloor } from '#scaffold';
import { NodeProcesses, packageFolder, type Processes } from '#workspace';
import { generateBridgeFiles, optionsFile } from '../bridge-files.js';
import { contractFolderOf } from '../bridge-layout.js';
import { updateCargoLock } from '../cargo-lock.js';
import { Contracts } from '../contracts.js';
import { readGroutToml, readUsableBridges, type BrokenBridge } from '../grout-facts.js';
import { initGenerator } from '../init/generator.js';
import { addLibraries, replaceModules } from '../property-libraries.js';
import { writeRuntimeManifests, writeRuntimeSources } from '../runtime-files.js';
import { listFiles, readText } from '../tree-files.js';
import { planBridge, type BridgeModuleOptions, type BridgePlan, type Implementer } from './plan-bridge.js';
import { registerMembers } from './register-members.js';

/** Scaffolds a bridge: contract, Rust crate, Go module, and the runtimes with the first one. */
export async function bridgeModuleGenerator(
  tree: Tree,
  options: BridgeModuleOptions,
  processes: Processes = new NodeProcesses(),
): Promise<GeneratorCallback> {
  const plan = planBridge(tree, options);
  const { layout, runtime } = plan;
  const implementedIn = options.implementedIn ?? 'rust';
  await initGenerator(tree, processes);
  writeRuntimeManifests(tree, runtime);
  writeRuntimeSources(tree, runtime);
  for (const { from, to } of templateFolders(tree, options, plan)) {
    generateFiles(tree, from, to, substitutions(plan, implementedIn));
  }
  addLibraries(tree, layout);
  write(tree, [optionsFile(layout)]);
  const others = readUsableBridges(tree, readGroutToml(tree), runtime);
  passOver(tree, others.broken, layout);
  registerMembers(tree, plan);
  replaceModules(tree, layout);
  const contracts = new Contracts(tree, [...others.layouts, layout], processes, layout);
  write(tree, await generateBridgeFiles(tree, layout, contracts));
  return async () => {
    await updateCargoLock(tree.root as AbsolutePath, processes, layout);
    logger.info(`\nNext: ${nextSteps(plan, implementedIn)}`);
    logger.info(`The contract is ${layout.root}/contract; after a change of it or of a lockfile, run nx sync.`);
  };
}

export default (tree: Tree, options: BridgeModuleOptions): Promise<GeneratorCallback> =>
  bridgeModuleGenerator(tree, options);

/** A bridge that is broken matters to a new one only where that imports it; `nx sync` says what is wrong with it anyway. */
function passOver(tree: Tree, broken: readonly BrokenBridge[], layout: BridgeLayout): void {
  const imports = importsOf(tree, contractFolderOf(layout.root));
  for (const { name, root, error } of broken) {
    const folder = contractFolderOf(root);
    const isImported = listFiles(tree, folder).some((path) => imports.has(relativePath(folder, path)));
    if (isImported) throw error;
    logger.warn(`the bridge ${name} is passed over, as it cannot be read:\n${error.message}\n`);
  }
}

/** Names that the .proto files in a folder import, and that none of them has. */
function importsOf(tree: Tree, folder: WorkspacePath): ReadonlySet<string> {
  const protos = listFiles(tree, folder).filter((path) => path.endsWith('.proto'));
  const own = new Set<string>(protos.map((path) => relativePath(folder, path)));
  const parsed = protos.map((path) => parseProtoImports(path, readText(tree, path) ?? '').value);
  return new Set(parsed.flatMap((file) => file?.imports ?? []).filter((name) => !own.has(name)));
}

function nextSteps({ name, layout }: BridgePlan, implementedIn: Implementer): string {
  if (implementedIn === 'neither') {
    return `import "${name.snake}/v1/${name.snake}.proto" in the contract of another bridge, then run nx sync`;
  }
  const caller = implementedIn === 'go' ? layout.rust.packageName : `${layout.name}-go`;
  return `nx build ${caller}, nx test ${caller}, nx run ${caller}:run`;
}

function write(tree: Tree, files: readonly GeneratedFile[]): void {
  for (const { path, text } of files) tree.write(path, text);
}

/** Where templates lie, and what they are of. Services in both directions begin with the same contract. */
function templateFolders(
  tree: Tree,
  { templateDir, implementedIn }: BridgeModuleOptions,
  { layout }: BridgePlan,
): { readonly from: string; readonly to: string }[] {
  if (templateDir !== undefined) return [{ from: resolve(tree.root, templateDir), to: layout.root }];
  const own = join(packageFolder(), 'generators', 'bridge-module');
  if (implementedIn === 'neither') return [{ from: join(own, 'files-of-messages'), to: layout.root }];
  if (implementedIn !== 'go') return [{ from: join(own, 'files'), to: layout.root }];
  return [
    { from: join(own, 'files', 'contract'), to: contractFolderOf(layout.root) },
    { from: join(own, 'files-in-go'), to: layout.root },
  ];
}

/** What templates can name; all of it is described in the generator's schema. */
function substitutions({ name, layout, runtime }: BridgePlan, implementedIn: Implementer): Record<string, string> {
  return {
    ...name,
    implementedIn,
    goModule: layout.go.modulePath,
    goVersion: goFloor,
    goArchiveFolder: relativePath(layout.rust.folder, joinPath(workspacePath('dist'), layout.go.folder)),
    goRuntimePath: relativePath(layout.go.folder, joinPath(runtime.root, 'go')),
    runtimeModule: runtime.modulePath,
    rustPackage: layout.rust.packageName,
    rustLibrary: layout.rust.libName,
    rustVersion: '1.95',
    rustRuntimePath: relativePath(layout.rust.folder, layout.rust.runtimeFolder),
    runtimePackage: layout.rust.runtimePackage,
  };
}
