/** The starts and all that can be reached from them. */
export function reach(starts: Iterable<string>, next: (from: string) => Iterable<string> | undefined): Set<string> {
  const reached = new Set(starts);
  for (const each of reached) for (const further of next(each) ?? []) reached.add(further);
  return reached;
}
