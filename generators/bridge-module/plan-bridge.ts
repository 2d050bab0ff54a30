import { basename } from 'node:path';
import type { Tree } from '@nx/devkit';
import type { BridgeLayout } from '#emit';
import { joinPath, workspacePath, type WorkspacePath } from '#paths';
import {
  defaultGoModulePrefix,
  isGoModulePrefix,
  spellBridgeName,
  validateBridgeName,
  type BridgeName,
} from '#scaffold';
import { resolveBridgeLayout } from '../bridge-layout.js';
import { fail, failOnErrors } from '../fail.js';
import { findRuntime, readGroutToml } from '../grout-facts.js';
import type { RuntimePlace } from '../runtime-files.js';
import { readWorkspaceManifests, type WorkspaceManifests } from '../workspace-manifests.js';
import { findConflicts } from './find-conflicts.js';

export type Implementer = 'rust' | 'go' | 'neither';

export interface BridgeModuleOptions {
  readonly name: string;
  readonly directory?: string;
  readonly goModulePrefix?: string;
  /** The language that implements the service; Rust when it is not said. Neither: there is none, only messages. */
  readonly implementedIn?: Implementer;
  /** Whether it has tests of random values; it has when it is not said. */
  readonly propertyTests?: boolean;
  readonly templateDir?: string;
}

/** All that is decided before the first file is written. */
export interface BridgePlan {
  readonly name: BridgeName;
  readonly layout: BridgeLayout;
  readonly runtime: RuntimePlace;
  readonly manifests: WorkspaceManifests;
}

/** Checks the options against the workspace and decides on every name and place; ends the generator if one is taken. */
export function planBridge(tree: Tree, options: BridgeModuleOptions): BridgePlan {
  failOnErrors(tree, validateBridgeName(options.name));
  const name = spellBridgeName(options.name);
  const directory = readDirectory(tree, options.directory ?? 'libs');
  const manifests = readWorkspaceManifests(tree);
  const grout = readGroutToml(tree);
  const prefix = readPrefix(tree, options.goModulePrefix, manifests);
  const runtimeRoot = grout.runtime?.directory ?? joinPath(directory, 'grout');
  const runtime = findRuntime(tree, runtimeRoot);
  const placed = runtime ?? { root: runtimeRoot, modulePath: `${prefix}/grout-go`, packageName: 'grout-rust' };
  const layout = resolveBridgeLayout({
    name: name.kebab,
    root: joinPath(directory, name.kebab),
    goModule: `${prefix}/${name.kebab}-go`,
    goPackage: name.flat,
    rustPackage: `${name.kebab}-rust`,
    runtimeRoot: placed.root,
    runtimeModule: placed.modulePath,
    runtimePackage: placed.packageName,
    propertyTests: options.propertyTests ?? true,
  });
  failOnErrors(
    tree,
    findConflicts(tree, { layout, manifests, grout, newRuntime: runtime === undefined ? placed : undefined }),
  );
  return { name, layout, runtime: placed, manifests };
}

/** A folder of the workspace in which cargo and go look for packages, unlike those that begin with a dot or `_`. */
function readDirectory(tree: Tree, directory: string): WorkspacePath {
  const path = workspacePath(directory);
  const isOutside = /^(?:[/\\]|[A-Za-z]:)/.test(directory) || path.startsWith('..');
  const isUsable = path === '.' || path.split('/').every((part) => /^[A-Za-z0-9][\w.-]*$/.test(part));
  if (!isOutside && isUsable) return path;
  return fail(tree, [
    {
      code: 'generators/directory',
      severity: 'error',
      message: `a bridge cannot lie in ${JSON.stringify(directory)}: ${isOutside ? 'it is outside the workspace' : 'go or cargo would not find it there'}`,
      help: 'give a folder relative to the workspace root, of letters, digits, dots and dashes, such as --directory=libs',
    },
  ]);
}

function readPrefix(tree: Tree, written: string | undefined, { modules }: WorkspaceManifests): string {
  const prefix = written?.replace(/\/+$/, '');
  if (prefix === undefined) {
    const placed = modules.map(({ folder, mod }) => ({ folder, modulePath: mod.module }));
    return defaultGoModulePrefix(placed, basename(tree.root));
  }
  if (isGoModulePrefix(prefix)) return prefix;
  return fail(tree, [
    {
      code: 'generators/go-module-prefix',
      severity: 'error',
      message: `${JSON.stringify(prefix)} cannot begin the path of a Go module`,
      help: 'give a host and a path, such as --goModulePrefix=example.com/acme',
    },
  ]);
}
