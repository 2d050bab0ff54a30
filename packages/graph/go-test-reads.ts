import { folderOf, isInside, joinPath, leavesWorkspace, workspacePath, type WorkspacePath } from '#paths';
import type { WorkspaceFacts } from './facts.js';
import type { OutsideInput } from './model.js';
import { packageFolderOf, type GoModule } from './modules.js';
import { WorkspaceTree } from './workspace-tree.js';

/** Files and folders beyond the module that its tests name: the module's own folder is an input of its tests as it is. */
export function findTestReads(facts: WorkspaceFacts, modules: ReadonlyMap<WorkspacePath, GoModule>): OutsideInput[] {
  const tree = new WorkspaceTree(facts);
  return [...modules.values()].flatMap((module) =>
    module.files.flatMap(({ file, testPaths = [] }) =>
      testPaths.flatMap(({ path, span }): OutsideInput[] => {
        const meant = joinPath(folderOf(workspacePath(file)), path);
        if (leavesWorkspace(meant) || isInside(meant, module.root) || isInside(module.root, meant)) return [];
        const found = tree.find(meant);
        if (found === undefined) return [];
        const fromPackage = packageFolderOf(module, file);
        return [{ from: module.root, ...found, kind: 'include', evidence: span, testOnly: true, fromPackage }];
      }),
    ),
  );
}
