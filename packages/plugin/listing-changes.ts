import { isGraphFile, type ListedFile } from '#workspace';

/**
 * Files that make the graph and hold something else than before; undefined where files came or went, or where nobody
 * knows their hashes. Both listings are in Nx's order.
 */
export function changedFiles(
  before: readonly ListedFile[],
  after: readonly ListedFile[],
): readonly ListedFile[] | undefined {
  if (before.length !== after.length) return undefined;
  const changed: ListedFile[] = [];
  for (const [index, file] of after.entries()) {
    const known = before[index];
    if (known?.path !== file.path || file.hash === undefined) return undefined;
    if (known.hash !== file.hash && isGraphFile(file.path)) changed.push(file);
  }
  return changed;
}
