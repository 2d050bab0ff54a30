import { joinPath, type WorkspacePath } from '#paths';
import type { BridgeLayout } from '../types.js';

/** Where the page of a bridge lies: beside its contract, as it is about both sides. */
export function pagePath({ root }: BridgeLayout): WorkspacePath {
  return joinPath(root, 'contract', 'BOUNDARY.gen.md');
}
