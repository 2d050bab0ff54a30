import type { Diagnostic } from '#diagnostics';
import { isInside, leavesWorkspace, workspacePath, type WorkspacePath } from '#paths';
import type { DeclaredEdge, WorkspaceFacts } from './facts.js';
import type { Edge, OutsideInput } from './model.js';
import { WrittenProjects } from './written-projects.js';

/** What people declare because nothing in the sources shows it. */
export interface Declared {
  readonly edges: readonly Edge[];
  readonly outsideInputs: readonly OutsideInput[];
  readonly diagnostics: readonly Diagnostic[];
}

type DeclaringFacts = Pick<WorkspaceFacts, 'declaredEdges' | 'implicitDependencies' | 'files'>;

/**
 * `[[edges]]` of grout.toml and `implicitDependencies` of project.json files.
 * @param names of all projects, by root
 */
export function resolveDeclaredEdges(facts: DeclaringFacts, names: ReadonlyMap<WorkspacePath, string>): Declared {
  const projects = new WrittenProjects(names);
  const edges = implicitEdges(facts.implicitDependencies, projects);
  const outsideInputs: OutsideInput[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const declared of facts.declaredEdges) {
    const resolved = resolveEdge(declared, projects, facts.files);
    if ('code' in resolved) diagnostics.push(resolved);
    else if ('to' in resolved) edges.push(resolved);
    else outsideInputs.push(resolved);
  }
  return { edges, outsideInputs, diagnostics };
}

/** Names of projects only: what else Nx allows there (`!x`, globs, tags, other plugins' projects) Nx itself sees to. */
function implicitEdges(dependencies: WorkspaceFacts['implicitDependencies'], projects: WrittenProjects): Edge[] {
  return [...dependencies].flatMap(([from, wanted]) =>
    wanted.flatMap((name): Edge[] => {
      const to = projects.named(name);
      if (to === undefined || to === from || !projects.names.has(from)) return [];
      const file = from === '.' ? 'project.json' : `${from}/project.json`;
      return [{ from, to, kind: 'declared', evidence: { file, line: 1, column: 1 } }];
    }),
  );
}

function resolveEdge(
  declared: DeclaredEdge,
  projects: WrittenProjects,
  files: ReadonlySet<WorkspacePath>,
): Edge | OutsideInput | Diagnostic {
  const unknown = (end: 'from' | 'to', wanted: string): Diagnostic =>
    projects.unknown({ entry: 'an edge', end, word: declared[end], span: declared.span, wanted });
  const from = projects.rootOf(declared.from);
  if (from === undefined) return unknown('from', 'project');
  const to = projects.rootOf(declared.to);
  if (to === from) return needsItself(declared);
  const shared = {
    from,
    kind: 'declared' as const,
    evidence: declared.span,
    ...(declared.kind === 'test' ? { testOnly: true as const } : {}),
  };
  if (to !== undefined) return { ...shared, to, why: declared.why };
  const path = workspacePath(declared.to);
  if (files.has(path)) return { ...shared, path, isFolder: false };
  const isFolder = !leavesWorkspace(path) && [...files].some((file) => isInside(file, path));
  if (isFolder) return { ...shared, path, isFolder };
  return unknown('to', 'project, file or folder');
}

function needsItself({ from, to, span }: DeclaredEdge): Diagnostic {
  return {
    code: 'graph/self-edge',
    severity: 'error',
    message: `an edge of grout.toml leads from \`${from}\` to \`${to}\`, which is the same project`,
    span,
    help: 'remove it: a project always depends on its own files',
  };
}
