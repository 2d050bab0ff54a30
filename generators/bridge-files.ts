import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tree } from '@nx/devkit';
import {
  abiHash,
  contractDigest,
  implementedIn,
  lowerContract,
  optionsProtoName,
  validateContract,
  type Contract,
} from '#contract';
import {
  archiveFeature,
  checkEmittable,
  emitGo,
  emitPage,
  emitRust,
  emitVectors,
  type BridgeLayout,
  type GeneratedFile,
} from '#emit';
import { joinPath, relativePath, workspacePath, type AbsolutePath } from '#paths';
import { readContractImage, type Processes } from '#workspace';
import { contractFolderOf } from './bridge-layout.js';
import { readBridgeFeatures } from './grout-facts.js';
import { failOnErrors, valueOf } from './fail.js';
import { readAssets } from './package-assets.js';
import { listFiles, readText } from './tree-files.js';

/** Every file of a bridge that is generated from its contract, for both sides. Ends the generator on a broken contract. */
export async function generateBridgeFiles(
  tree: Tree,
  layout: BridgeLayout,
  processes: Processes,
): Promise<GeneratedFile[]> {
  const contract = await readContract(tree, layout, processes);
  const features = readBridgeFeatures(tree, layout);
  failOnErrors(tree, validateContract(contract));
  failOnErrors(tree, checkEmittable(contract, features));
  const files = contract.files.map((path) => ({ path, text: readText(tree, workspacePath(path)) ?? '' }));
  const abi = {
    hash: abiHash(contract),
    contractDigest: contractDigest(files),
    // Whether Rust links Go at all is nothing that Go is built with.
    features: features.filter(({ name }) => implementedIn(contract) === 'rust' || name !== archiveFeature),
  };
  return [
    ...emitGo(contract, layout, abi),
    ...emitRust(contract, layout, abi),
    ...emitVectors(contract, layout),
    ...emitPage(contract, layout, abi),
  ];
}

/** grout's options as this version ships them, at their place in a bridge's contract. */
export function optionsFile(layout: BridgeLayout): GeneratedFile {
  const [asset] = readAssets('packages/contract/proto').filter(({ path }) => path === optionsProtoName);
  if (asset === undefined) throw new Error(`nx-grout is not installed whole: ${optionsProtoName} is missing`);
  return { path: joinPath(contractFolderOf(layout.root), asset.path), text: asset.text, owner: 'grout' };
}

async function readContract(tree: Tree, layout: BridgeLayout, processes: Processes): Promise<Contract> {
  const path = contractFolderOf(layout.root);
  const folder = mkdtempSync(join(tmpdir(), 'nx-grout-contract-')) as AbsolutePath;
  try {
    copyOut(tree, path, folder);
    const image = valueOf(tree, await readContractImage(processes, { folder, path }));
    const findSource = (protoName: string): { path: string; text: string } => {
      const file = joinPath(path, protoName);
      return { path: file, text: readText(tree, file) ?? '' };
    };
    return valueOf(tree, lowerContract(layout.name, image, findSource));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** buf reads real files: what the tree holds, written or not yet, goes to a folder outside the workspace. */
function copyOut(tree: Tree, from: ReturnType<typeof workspacePath>, to: AbsolutePath): void {
  for (const path of listFiles(tree, from)) {
    const target = join(to, relativePath(from, path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, tree.read(path) ?? '');
  }
}
