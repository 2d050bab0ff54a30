import { suggest, type Diagnostic } from '#diagnostics';
import { isInside, leavesWorkspace, workspacePath, type WorkspacePath } from '#paths';
import type { DeclaredEdge, WorkspaceFacts } from './facts.js';
import type { Edge, OutsideInput } from './model.js';

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
  const roots = new Map([...names].map(([root, name]) => [name, root]));
  const edges = implicitEdges(facts.implicitDependencies, roots, names);
  const outsideInputs: OutsideInput[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const declared of facts.declaredEdges) {
    const resolved = resolveEdge(declared, roots, names, facts.files);
    if ('code' in resolved) diagnostics.push(resolved);
    else if ('to' in resolved) edges.push(resolved);
    else outsideInputs.push(resolved);
  }
  return { edges, outsideInputs, diagnostics };
}

/** Names of projects only: what else Nx allows there (`!x`, globs, tags, other plugins' projects) Nx itself sees to. */
function implicitEdges(
  dependencies: WorkspaceFacts['implicitDependencies'],
  roots: ReadonlyMap<string, WorkspacePath>,
  names: ReadonlyMap<WorkspacePath, string>,
): Edge[] {
  return [...dependencies].flatMap(([from, wanted]) =>
    wanted.flatMap((name): Edge[] => {
      const to = roots.get(name);
      if (to === undefined || to === from || !names.has(from)) return [];
      const file = from === '.' ? 'project.json' : `${from}/project.json`;
      return [{ from, to, kind: 'declared', evidence: { file, line: 1, column: 1 } }];
    }),
  );
}

function resolveEdge(
  declared: DeclaredEdge,
  roots: ReadonlyMap<string, WorkspacePath>,
  names: ReadonlyMap<WorkspacePath, string>,
  files: ReadonlySet<WorkspacePath>,
): Edge | OutsideInput | Diagnostic {
  const rootOf = (word: string): WorkspacePath | undefined =>
    roots.get(word) ?? [workspacePath(word)].find((path) => names.has(path));
  const from = rootOf(declared.from);
  if (from === undefined) return unknown(declared, 'from', 'project', roots);
  const to = rootOf(declared.to);
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
  return unknown(declared, 'to', 'project, file or folder', roots);
}

function unknown(
  declared: DeclaredEdge,
  end: 'from' | 'to',
  wanted: string,
  roots: ReadonlyMap<string, WorkspacePath>,
): Diagnostic {
  const near = suggest(declared[end], [...roots.keys(), ...roots.values()]);
  return {
    code: 'graph/unknown-project',
    severity: 'error',
    message: `an edge of grout.toml has \`${end} = "${declared[end]}"\`, and this workspace has no such ${wanted}`,
    span: declared.span,
    help: near === undefined ? 'write the name or the folder of a project' : `did you mean \`${near}\`?`,
  };
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
