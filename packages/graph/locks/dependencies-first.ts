/** Kahn's order: each after all that it depends on. `rest` are those on a cycle, and those that depend on one of them. */
export function dependenciesFirst<T>(
  all: readonly T[],
  dependenciesOf: (each: T) => readonly T[],
): { readonly ordered: readonly T[]; readonly rest: readonly T[] } {
  const dependents = new Map<T, T[]>();
  const missing = new Map<T, number>();
  for (const each of all) {
    const dependencies = dependenciesOf(each);
    missing.set(each, dependencies.length);
    for (const dependency of dependencies) {
      const list = dependents.get(dependency);
      if (list === undefined) dependents.set(dependency, [each]);
      else list.push(each);
    }
  }
  const ordered = all.filter((each) => missing.get(each) === 0);
  for (const each of ordered) {
    for (const dependent of dependents.get(each) ?? []) {
      const left = (missing.get(dependent) ?? 0) - 1;
      missing.set(dependent, left);
      if (left === 0) ordered.push(dependent);
    }
  }
  return { ordered, rest: all.filter((each) => (missing.get(each) ?? 0) > 0) };
}
