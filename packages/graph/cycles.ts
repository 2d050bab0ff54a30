import type { Diagnostic } from '#diagnostics';
import type { WorkspacePath } from '#paths';
import { stronglyConnected } from './components.js';
import type { Edge } from './model.js';

/** Edges without those whose loss breaks a cycle. */
export interface BrokenCycles {
  readonly edges: readonly Edge[];
  /** The others. */
  readonly leftOut: readonly Edge[];
  /** Members of each cycle that no edge could be taken from. */
  readonly unbroken: readonly (readonly WorkspacePath[])[];
  readonly diagnostics: readonly Diagnostic[];
}

/** All edges from one project to another; weak when none of them is needed to build. */
interface Arc {
  readonly from: WorkspacePath;
  readonly to: WorkspacePath;
  readonly edges: Edge[];
  isWeak: boolean;
}

/** Kinds of edges whose target is an input of some task and no more: nothing it builds has to be there first. */
const INPUT_ONLY: ReadonlySet<Edge['kind']> = new Set([
  ...(['cargo-dev-dependency', 'go-test-import'] as const),
  ...(['go-generate', 'go-embed', 'cgo-script', 'go-command'] as const),
]);

/**
 * Takes out edges that only tests need, or that only stand for inputs, where they would close a cycle of projects.
 * A cycle of other edges alone stays, with a warning: it is how the sources are.
 */
export function breakCycles(edges: readonly Edge[]): BrokenCycles {
  const lost = new Set<Edge>();
  const unbroken: WorkspacePath[][] = [];
  const diagnostics: Diagnostic[] = [];
  for (const inner of cyclesIn(edges)) {
    const arcs = arcsOf(inner);
    for (const { arc, path } of closingArcs(arcs)) {
      for (const edge of arc.edges) lost.add(edge);
      diagnostics.push(leftOut(arc, path));
    }
    for (const loop of cyclesIn(arcs.filter(({ isWeak }) => !isWeak))) {
      unbroken.push([...new Set(loop.map(({ from }) => from))]);
      diagnostics.push(needEachOther(loop));
    }
  }
  const kept = lost.size === 0 ? edges : edges.filter((edge) => !lost.has(edge));
  return { edges: kept, leftOut: [...lost], unbroken, diagnostics };
}

function arcsOf(edges: readonly Edge[]): Arc[] {
  const arcs = new Map<string, Arc>();
  for (const edge of edges) {
    const { from, to } = edge;
    const key = `${from}\n${to}`;
    const arc = arcs.get(key) ?? { from, to, edges: [], isWeak: true };
    arc.edges.push(edge);
    arc.isWeak &&= edge.testOnly === true || INPUT_ONLY.has(edge.kind);
    arcs.set(key, arc);
  }
  return [...arcs.values()].sort(compareArcs);
}

function compareArcs(a: Arc, b: Arc): number {
  return compare(a.from, b.from) || compare(a.to, b.to);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** What leads from one to another inside each group of projects that reach one another. */
function cyclesIn<T extends Ends>(arcs: readonly T[]): T[][] {
  const neighbours = neighboursIn(arcs);
  const components = stronglyConnected(neighbours.keys(), neighbours);
  const componentOf = new Map(
    components.flatMap((members, index) => members.map((member) => [member, index] as const)),
  );
  const inner = new Map<number, T[]>();
  for (const arc of arcs) {
    const component = componentOf.get(arc.from);
    if (arc.from === arc.to || component === undefined || component !== componentOf.get(arc.to)) continue;
    const list = inner.get(component);
    if (list === undefined) inner.set(component, [arc]);
    else list.push(arc);
  }
  return [...inner.values()];
}

type Ends = Pick<Edge, 'from' | 'to'>;

type Neighbours = Map<WorkspacePath, WorkspacePath[]>;

function neighboursIn(arcs: readonly Ends[]): Neighbours {
  const neighbours: Neighbours = new Map();
  for (const arc of arcs) addNeighbour(neighbours, arc);
  return neighbours;
}

function addNeighbour(neighbours: Neighbours, { from, to }: Ends): void {
  const list = neighbours.get(from);
  if (list === undefined) neighbours.set(from, [to]);
  else list.push(to);
}

/**
 * Weak arcs that close a cycle with those that stay, each with the way back from its end to its start. Those that agree
 * with an order in which the strong arcs agree close none; the others are tried one by one.
 */
function closingArcs(arcs: readonly Arc[]): { arc: Arc; path: readonly WorkspacePath[] }[] {
  const strong = arcs.filter(({ isWeak }) => !isWeak);
  const groups = stronglyConnected(neighboursIn(arcs).keys(), neighboursIn(strong));
  const rank = new Map(groups.flatMap((members, index) => members.map((member) => [member, index] as const)));
  const agrees = ({ from, to, isWeak }: Arc): boolean => !isWeak || (rank.get(from) ?? 0) > (rank.get(to) ?? 0);
  const kept = neighboursIn(arcs.filter(agrees));
  return arcs.flatMap((arc) => {
    if (agrees(arc)) return [];
    const path = findPath(arc.to, arc.from, kept);
    if (path !== undefined) return [{ arc, path }];
    addNeighbour(kept, arc);
    return [];
  });
}

/** A shortest way, both ends included. */
function findPath(from: WorkspacePath, to: WorkspacePath, neighbours: Neighbours): WorkspacePath[] | undefined {
  const before = new Map<WorkspacePath, WorkspacePath | undefined>([[from, undefined]]);
  for (const node of before.keys()) {
    if (node === to) break;
    for (const next of neighbours.get(node) ?? []) if (!before.has(next)) before.set(next, node);
  }
  if (!before.has(to)) return undefined;
  const path: WorkspacePath[] = [];
  for (let node: WorkspacePath | undefined = to; node !== undefined; node = before.get(node)) path.push(node);
  return path.reverse();
}

function leftOut({ from, to, edges }: Arc, path: readonly WorkspacePath[]): Diagnostic {
  const reason = edges.every(({ testOnly, kind }) => testOnly === true || isTestKind(kind))
    ? 'only tests need it'
    : 'nothing it builds is needed first';
  return {
    code: 'graph/edge-left-out',
    severity: 'info',
    message: `the edge from \`${from}\` to \`${to}\` would close a cycle (${spell([from, ...path])}) and is left out, as ${reason}; what it stands for is still an input`,
    ...placeOf(edges),
  };
}

function isTestKind(kind: Edge['kind']): boolean {
  return kind === 'cargo-dev-dependency' || kind === 'go-test-import';
}

function needEachOther(loop: readonly Arc[]): Diagnostic {
  const [first] = loop;
  const neighbours = neighboursIn(loop);
  const path = first === undefined ? [] : [first.from, ...(findPath(first.to, first.from, neighbours) ?? [])];
  return {
    code: 'graph/project-cycle',
    severity: 'warning',
    message: `projects need each other to build: ${spell(path)}`,
    ...placeOf(first?.edges ?? []),
    help: 'move what both need into a project of its own',
  };
}

/** A long way by its ends. */
function spell(path: readonly WorkspacePath[]): string {
  const shown = path.length > 10 ? [...path.slice(0, 5), '…', ...path.slice(-4)] : path;
  return shown.join(' → ');
}

function placeOf([edge]: readonly Edge[]): Pick<Diagnostic, 'span'> {
  return edge === undefined ? {} : { span: edge.evidence };
}
