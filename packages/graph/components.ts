import type { WorkspacePath } from '#paths';

type Neighbours = ReadonlyMap<WorkspacePath, Iterable<WorkspacePath>>;

interface Visit {
  readonly node: WorkspacePath;
  readonly rest: Iterator<WorkspacePath>;
}

/**
 * Groups of nodes that all reach each other, a node by itself included, in linear time (Tarjan). A group comes after all
 * those that it reaches.
 */
export function stronglyConnected(nodes: Iterable<WorkspacePath>, neighbours: Neighbours): WorkspacePath[][] {
  const components: WorkspacePath[][] = [];
  const order = new Map<WorkspacePath, number>();
  const lowest = new Map<WorkspacePath, number>();
  const open: WorkspacePath[] = [];
  const isOpen = new Set<WorkspacePath>();
  const path: Visit[] = [];
  const enter = (node: WorkspacePath): void => {
    order.set(node, order.size);
    lowest.set(node, order.size - 1);
    open.push(node);
    isOpen.add(node);
    path.push({ node, rest: (neighbours.get(node) ?? [])[Symbol.iterator]() });
  };
  const lower = (node: WorkspacePath, to: number | undefined): void => {
    lowest.set(node, Math.min(lowest.get(node) ?? 0, to ?? 0));
  };
  const leave = (node: WorkspacePath): void => {
    path.pop();
    const above = path.at(-1);
    if (above !== undefined) lower(above.node, lowest.get(node));
    if (lowest.get(node) !== order.get(node)) return;
    const component = open.splice(open.lastIndexOf(node));
    for (const member of component) isOpen.delete(member);
    components.push(component);
  };
  for (const start of nodes) {
    if (!order.has(start)) enter(start);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const next = visit.rest.next();
      if (next.done === true) leave(visit.node);
      else if (!order.has(next.value)) enter(next.value);
      else if (isOpen.has(next.value)) lower(visit.node, order.get(next.value));
    }
  }
  return components;
}
