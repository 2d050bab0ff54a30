import type { Tree } from '@nx/devkit';
import { generatedFrom } from '#diagnostics';
import type { BridgeLayout } from '#emit';
import { joinPath, type WorkspacePath } from '#paths';
import { contractFolderOf } from '../bridge-layout.js';
import { listFiles, readText } from '../tree-files.js';

/** Generated files of a bridge that its contract no longer gives. A file without the mark is nobody's but the user's. */
export function findStaleFiles(tree: Tree, layout: BridgeLayout, current: ReadonlySet<WorkspacePath>): WorkspacePath[] {
  const go = tree.children(layout.go.folder).filter((name) => /\.(?:gen\.(?:go|h)|gen_test\.go)$/.test(name));
  const rust = listFiles(tree, joinPath(layout.rust.folder, 'src', 'generated'));
  const protos = listFiles(tree, contractFolderOf(layout.root)).filter((path) => path.endsWith('.proto'));
  const candidates = [...go.map((name) => joinPath(layout.go.folder, name)), ...rust, ...protos];
  return candidates.filter((path) => !current.has(path) && generatedFrom(readText(tree, path) ?? '') !== undefined);
}
