import type { WorkspacePath } from '#paths';
import { isGraphFile, type ListedFile } from '#workspace';
import { loadInternal } from './nx-internals.js';

/**
 * Every file of the workspace with the hash that Nx made of it, so that what did not change need not be read. Of the
 * files that make the graph only those count that Nx gave: `exclude` in nx.json leaves others out. An Nx that does not
 * hand its index out leaves just those, without hashes: slower, and blind for the places of all other files.
 * @param given files that match the plugin's glob
 */
export async function listFiles(workspaceRoot: string, given: readonly string[]): Promise<readonly ListedFile[]> {
  const context = loadInternal('nx/src/utils/workspace-context');
  if (context === undefined) return given.map((path) => ({ path: path as WorkspacePath }));
  const wanted = new Set(given);
  const listed = await context.getAllFileDataInContext(workspaceRoot);
  return listed
    .filter(({ file }) => wanted.has(file) || !isGraphFile(file as WorkspacePath))
    .map(({ file, hash }) => ({ path: file as WorkspacePath, hash }));
}
