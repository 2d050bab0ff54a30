import type { BridgeLayout } from '#emit';
import { joinPath, workspacePath, type WorkspacePath } from '#paths';

/** What a bridge's manifests call its two sides and the runtimes. */
interface BridgeIdentity {
  readonly name: string;
  readonly root: WorkspacePath;
  readonly goModule: string;
  readonly goPackage: string;
  readonly rustPackage: string;
  /** Absent: the package's name with underscores, as cargo does. */
  readonly rustLibrary?: string;
  readonly runtimeRoot: WorkspacePath;
  readonly runtimeModule: string;
  readonly runtimePackage: string;
  readonly propertyTests: boolean;
}

/** Places everything that emitters need to know of a bridge. */
export function resolveBridgeLayout(identity: BridgeIdentity): BridgeLayout {
  const { name, root, rustPackage, runtimeRoot } = identity;
  const rustFolder = joinPath(root, 'rust');
  const libName = identity.rustLibrary ?? rustPackage.replaceAll('-', '_');
  return {
    name,
    root,
    go: {
      folder: joinPath(root, 'go'),
      modulePath: identity.goModule,
      package: identity.goPackage,
      runtimeModule: identity.runtimeModule,
    },
    rust: {
      folder: rustFolder,
      packageName: rustPackage,
      libName,
      runtimePackage: identity.runtimePackage,
      runtimeFolder: joinPath(runtimeRoot, 'rust'),
    },
    propertyTests: identity.propertyTests,
    archive: joinPath(workspacePath('dist'), rustFolder, `lib${libName}.a`),
  };
}

/** Folder of a bridge's contract. */
export function contractFolderOf(root: WorkspacePath): WorkspacePath {
  return joinPath(root, 'contract');
}
