import type { Tree } from '@nx/devkit';
import { abiHash, implementedIn, optionsProtoName } from '#contract';
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
import { joinPath } from '#paths';
import { contractFolderOf } from './bridge-layout.js';
import { copiesOf, type Contracts } from './contracts.js';
import { failOnErrors } from './fail.js';
import { readBridgeFeatures } from './grout-facts.js';
import { missingLibraries } from './property-libraries.js';
import { nameSharing } from './name-sharing.js';
import { readAssets } from './package-assets.js';

/** Every file of a bridge that is generated from its contract, for both sides. Ends the generator on a broken contract. */
export async function generateBridgeFiles(
  tree: Tree,
  layout: BridgeLayout,
  contracts: Contracts,
): Promise<GeneratedFile[]> {
  const { contract, imported, digest } = await contracts.read(layout);
  const features = readBridgeFeatures(tree, layout);
  failOnErrors(tree, [...checkEmittable(contract, features), ...missingLibraries(tree, layout)]);
  const named = { ...layout, sharing: nameSharing(tree, layout, contract, contracts) };
  const abi = {
    hash: abiHash(contract),
    contractDigest: digest,
    // Whether Rust links Go at all is nothing that Go is built with.
    features: features.filter(({ name }) => implementedIn(contract) !== 'go' || name !== archiveFeature),
  };
  return [
    ...copiesOf(layout, imported),
    ...emitGo(contract, named, abi),
    ...emitRust(contract, named, abi),
    ...emitVectors(contract, named),
    ...emitPage(contract, named, abi),
  ];
}

/** grout's options as this version ships them, at their place in a bridge's contract. */
export function optionsFile(layout: BridgeLayout): GeneratedFile {
  const [asset] = readAssets('packages/contract/proto').filter(({ path }) => path === optionsProtoName);
  if (asset === undefined) throw new Error(`nx-grout is not installed whole: ${optionsProtoName} is missing`);
  return { path: joinPath(contractFolderOf(layout.root), asset.path), text: asset.text, owner: 'grout' };
}
