import { capped } from './capped.js';
import type { Needs, NxProject } from './needs.js';
import { paragraphs, section } from './text-layout.js';

/** A project that another plugin or a project.json made: nothing of its sources is known here, only what Nx knows. */
export function explainForeignProject({ name, root, targets }: NxProject, needs: Needs): string {
  const named = (roots: readonly string[]): string[] => capped([...new Set(roots)].sort());
  const needed = needs.of(root).map(({ to }) => needs.nameOf(to));
  const needing = needs.on(root).map(({ from }) => needs.nameOf(from));
  return paragraphs([
    [`${name} (${root}) is neither a crate nor a Go module: nx-grout knows no more of it than Nx does`],
    section('Targets', named([...targets.keys()]), 'none'),
    section(`${name} needs`, named(needed), 'no other project'),
    section(`Who needs ${name}`, named(needing), 'no other project'),
  ]);
}
