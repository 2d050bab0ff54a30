import { joinPath, type WorkspacePath } from '#paths';
import type { BridgeLayout } from '../types.js';

/** Where the vectors of a bridge lie; its tests on both sides read them there. */
export function vectorsPath({ root }: BridgeLayout): WorkspacePath {
  return joinPath(root, 'contract', 'vectors.gen.json');
}
