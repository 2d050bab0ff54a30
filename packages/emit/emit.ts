import type { Contract } from '#contract';
import { prepareBridge } from './bridge.js';
import { printGo } from './go/print-go.js';
import { printRust } from './rust/print-rust.js';
import { printPage } from './page/page.js';
import { pagePath } from './page/place.js';
import { vectorsPath } from './vectors/place.js';
import { printVectors } from './vectors/vectors.js';
import type { AbiFacts, BridgeLayout, GeneratedFile } from './types.js';

/**
 * The Go side of a bridge: the API, its ways of crossing, the C header and the mock; or, of a service of Go, the interface
 * to implement and what its archive exports. All files belong to grout.
 *
 * @throws DiagnosticError with what `checkEmittable` found.
 */
export function emitGo(contract: Contract, layout: BridgeLayout, abi: AbiFacts): GeneratedFile[] {
  return printGo(prepareBridge(contract, layout, abi));
}

/**
 * The Rust side of a bridge: the API that the user's crate implements, and the exported functions; or, of a service of Go,
 * its client and its mock. All files belong to grout.
 *
 * @throws DiagnosticError with what `checkEmittable` found.
 */
export function emitRust(contract: Contract, layout: BridgeLayout, abi: AbiFacts): GeneratedFile[] {
  return printRust(prepareBridge(contract, layout, abi));
}

/** What the tests of both sides share. The file belongs to grout. */
export function emitVectors(contract: Contract, layout: BridgeLayout): GeneratedFile[] {
  return [{ path: vectorsPath(layout), text: printVectors(contract), owner: 'grout' }];
}

/**
 * The page on a bridge for people of both sides. The file belongs to grout.
 *
 * @throws DiagnosticError with what `checkEmittable` found.
 */
export function emitPage(contract: Contract, layout: BridgeLayout, abi: AbiFacts): GeneratedFile[] {
  return [{ path: pagePath(layout), text: printPage(prepareBridge(contract, layout, abi)), owner: 'grout' }];
}
