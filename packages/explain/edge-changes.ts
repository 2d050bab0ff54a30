import type { WorkspacePath } from '#paths';
import type { Need, Needs } from './needs.js';

/** Edges of a project, and of what it needs or needed, that are new or gone. */
export function explainEdgeChanges(root: WorkspacePath, before: Needs, after: Needs): string[] {
  const roots = new Set([...before.reach(root).keys(), ...after.reach(root).keys()]);
  const old = edgesFrom(roots, before);
  const now = edgesFrom(roots, after);
  return [
    ...[...now].filter(([key]) => !old.has(key)).map(([, need]) => `new: ${after.spell([need])}`),
    ...[...old].filter(([key]) => !now.has(key)).map(([, need]) => `gone: ${before.spell([need])}`),
  ];
}

/** By what an edge is, wherever the line that shows it went. Only ours: of the past Nx has no graph. */
function edgesFrom(roots: Iterable<WorkspacePath>, needs: Needs): ReadonlyMap<string, Need> {
  const own = [...roots].flatMap((from) => needs.of(from)).filter(({ kind }) => kind !== 'nx');
  return new Map(own.map((need) => [`${need.from}\n${need.to}\n${need.kind}\n${String(need.forTests)}`, need]));
}
