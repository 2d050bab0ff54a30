import type { Tree } from '@nx/devkit';
import { joinPath, type WorkspacePath } from '#paths';
import { readAssets } from './package-assets.js';
import { writeText } from './tree-files.js';

/** Where a workspace's runtimes lie and what they are called there. */
export interface RuntimePlace {
  readonly root: WorkspacePath;
  readonly modulePath: string;
  readonly packageName: string;
}

/** Writes the runtimes' sources where they differ from this version's; says which files it wrote. */
export function writeRuntimeSources(tree: Tree, runtime: RuntimePlace): WorkspacePath[] {
  return listRuntimeFiles(runtime)
    .filter(({ isManifest, path, text }) => !isManifest && writeText(tree, path, text))
    .map(({ path }) => path);
}

/** Writes the runtimes' manifests where there are none; from then on they are the user's. */
export function writeRuntimeManifests(tree: Tree, runtime: RuntimePlace): void {
  for (const { isManifest, path, text } of listRuntimeFiles(runtime)) {
    if (isManifest && !tree.exists(path)) tree.write(path, text);
  }
}

interface RuntimeFile {
  readonly path: WorkspacePath;
  readonly text: string;
  readonly isManifest: boolean;
}

function listRuntimeFiles({ root, modulePath, packageName }: RuntimePlace): RuntimeFile[] {
  const go = readAssets('packages/emit/go/runtime').map(({ path, text }) => {
    const isManifest = path === 'go.mod';
    const named = isManifest ? withoutComment(text).replace(/^module .*$/m, `module ${modulePath}`) : text;
    return { path: joinPath(root, 'go', path), text: named, isManifest };
  });
  const rust = readAssets('packages/emit/rust/runtime').map(({ path, text }) => {
    const isManifest = path === 'Cargo.toml';
    const named = isManifest ? withoutComment(text).replace(/^name = .*$/m, `name = "${packageName}"`) : text;
    return { path: joinPath(root, 'rust', path), text: named, isManifest };
  });
  return [...go, ...rust];
}

/** The comment at the top of the runtimes' manifests is about the copying, not about the copy. */
function withoutComment(text: string): string {
  return text.replace(/^(?:(?:#|\/\/).*\n)+/, '');
}
