import { join, resolve } from 'node:path';
import { generateFiles, logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import type { GeneratedFile } from '#emit';
import { joinPath, relativePath, type AbsolutePath } from '#paths';
import { goFloor } from '#scaffold';
import { NodeProcesses, packageFolder, type Processes } from '#workspace';
import { generateBridgeFiles, optionsFile } from '../bridge-files.js';
import { updateCargoLock } from '../cargo-lock.js';
import { initGenerator } from '../init/generator.js';
import { writeRuntimeManifests, writeRuntimeSources } from '../runtime-files.js';
import { planBridge, type BridgeModuleOptions, type BridgePlan } from './plan-bridge.js';
import { registerMembers } from './register-members.js';

/** Scaffolds a bridge: contract, Rust crate, Go module, and the runtimes with the first one. */
export async function bridgeModuleGenerator(
  tree: Tree,
  options: BridgeModuleOptions,
  processes: Processes = new NodeProcesses(),
): Promise<GeneratorCallback> {
  const plan = planBridge(tree, options);
  const { layout, runtime } = plan;
  await initGenerator(tree, processes);
  writeRuntimeManifests(tree, runtime);
  writeRuntimeSources(tree, runtime);
  generateFiles(tree, templateFolder(tree, options), layout.root, substitutions(plan));
  write(tree, [optionsFile(layout)]);
  write(tree, await generateBridgeFiles(tree, layout, processes));
  registerMembers(tree, plan);
  return async () => {
    await updateCargoLock(tree.root as AbsolutePath, processes);
    logger.info(`\nNext: nx build ${layout.name}-go, nx test ${layout.name}-go, nx run ${layout.name}-go:run`);
    logger.info(`The contract is ${layout.root}/contract; after a change of it or of a lockfile, run nx sync.`);
  };
}

export default (tree: Tree, options: BridgeModuleOptions): Promise<GeneratorCallback> =>
  bridgeModuleGenerator(tree, options);

function write(tree: Tree, files: readonly GeneratedFile[]): void {
  for (const { path, text } of files) tree.write(path, text);
}

function templateFolder(tree: Tree, { templateDir }: BridgeModuleOptions): string {
  if (templateDir !== undefined) return resolve(tree.root, templateDir);
  return join(packageFolder(), 'generators', 'bridge-module', 'files');
}

/** What templates can name; all of it is described in the generator's schema. */
function substitutions({ name, layout, runtime }: BridgePlan): Record<string, string> {
  return {
    ...name,
    goModule: layout.go.modulePath,
    goVersion: goFloor,
    goRuntimePath: relativePath(layout.go.folder, joinPath(runtime.root, 'go')),
    runtimeModule: runtime.modulePath,
    rustPackage: layout.rust.packageName,
    rustLibrary: layout.rust.libName,
    rustVersion: '1.95',
    rustRuntimePath: relativePath(layout.rust.folder, layout.rust.runtimeFolder),
    runtimePackage: layout.rust.runtimePackage,
  };
}
